import { Monitor, Moon, Sun } from "lucide-react";
import { IconButton } from "./button";
import { DropdownMenu, DropdownMenuChoice } from "./dropdown-menu";
import { useWords } from "./locale";
import { useTheme } from "./theme";

export function ThemeMenu() {
  const words = useWords();
  const { choice, theme, choose } = useTheme();
  const Icon = theme === "dark" ? Moon : Sun;
  return (
    <DropdownMenu
      trigger={
        <IconButton label={words.theme}>
          <Icon aria-hidden />
        </IconButton>
      }
    >
      <DropdownMenuChoice
        label={words.theme}
        value={choice}
        onChange={choose}
        options={[
          { value: "light", label: words.themeLight, icon: Sun },
          { value: "dark", label: words.themeDark, icon: Moon },
          { value: "system", label: words.themeSystem, icon: Monitor },
        ]}
      />
    </DropdownMenu>
  );
}
