const OLDEST = [20, 19];

/** Runs before anything else is loaded, so it is written for very old versions of Node too. */
export function requireNode(version = process.versions.node, platform = process.platform) {
  const [major, minor] = version.split(".").map(Number);
  if (platform === "win32") {
    refuse("Farebox runs on Linux and macOS; on Windows use it inside WSL.");
  } else if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    refuse(
      `Farebox needs Node ${OLDEST.join(".")} or newer, and this is Node ${version}: install a newer one from nodejs.org.`,
    );
  }
}

function refuse(sentence) {
  console.error(`\n✖ ${sentence}`);
  process.exit(1);
}
