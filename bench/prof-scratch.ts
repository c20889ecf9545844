import { openWorkspace } from "./workspace";
import { queryRow } from "./rows/query";
import { receiveCeilingRow } from "./rows/receive-ceiling";
import { sandboxRow } from "./rows/sandbox";
const rows = { query: queryRow, receive: receiveCeilingRow, sandbox: sandboxRow } as const;
const ws = await openWorkspace();
const dir = `/tmp/farebox/bench/prof/${process.argv[2]}`;
const env = JSON.parse(process.argv[3] ?? "{}");
const wrapped = { ...ws, start: (program: any) => ws.start({ ...program, env: { ...program.env, ...env }, args: [...(env.NOPROF ? [] : ["--cpu-prof", `--cpu-prof-dir=${dir}`, "--cpu-prof-interval=400"]), ...program.args] }) };
try { console.log(JSON.stringify(await rows[process.argv[2] as keyof typeof rows].measure(wrapped as any))); } catch (e) { console.error(e); } finally { await ws.settle(); await ws.remove(); }
process.exit(0);
