// Mantine in our colours. Its defaults are not AA: shades, filled buttons and dimmed text are set here.
import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core';

const steel: MantineColorsTuple = [
  '#e9f2fc',
  '#d0e2f6',
  '#a3c6ec',
  '#73a9e2',
  '#4b8fd8',
  '#2f7fd0',
  '#1a6dbf',
  '#0b57a4',
  '#1c66b3',
  '#083d75',
];

/** The system's fonts: no request for one, and what the person is used to. */
const sans = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const mono = 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace';

export const theme: MantineThemeOverride = createTheme({
  colors: { steel },
  primaryColor: 'steel',
  primaryShade: { light: 7, dark: 8 },
  autoContrast: true,
  respectReducedMotion: true,
  fontFamily: sans,
  fontFamilyMonospace: mono,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  components: {
    Menu: {
      defaultProps: {
        // An element in a menu that is no entry of it, and a menu outside of every landmark.
        withInitialFocusPlaceholder: false,
        portalProps: { target: '#main' },
      },
    },
  },
});

const colours = {
  '--mantine-color-body': 'var(--panel)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-placeholder': 'var(--ink-soft)',
  '--mantine-color-default': 'var(--panel)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-hover': 'var(--accent-soft)',
  '--mantine-color-default-border': 'var(--line-strong)',
};

/** Ours stand in `tokens.css`, for both schemes. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: colours,
  dark: colours,
});
