/**
 * Types of the files that a function can import besides TypeScript, JavaScript and JSON. constructs/bundle/file-types.ts
 * bundles them.
 */

declare module '*.txt' {
  const text: string;
  export default text;
}

declare module '*.md' {
  export { default } from '*.txt';
}

declare module '*.html' {
  export { default } from '*.txt';
}

declare module '*.csv' {
  export { default } from '*.txt';
}

declare module '*.xml' {
  export { default } from '*.txt';
}

declare module '*.svg' {
  export { default } from '*.txt';
}

declare module '*.yaml' {
  export { default } from '*.txt';
}

declare module '*.yml' {
  export { default } from '*.txt';
}

declare module '*.sql' {
  export { default } from '*.txt';
}

declare module '*.pem' {
  export { default } from '*.txt';
}

declare module '*.graphql' {
  export { default } from '*.txt';
}

declare module '*.gql' {
  export { default } from '*.txt';
}

declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

declare module '*.bin' {
  export { default } from '*.wasm';
}

declare module '*.png' {
  export { default } from '*.wasm';
}

declare module '*.jpg' {
  export { default } from '*.wasm';
}

declare module '*.pdf' {
  export { default } from '*.wasm';
}

declare module '*.ttf' {
  export { default } from '*.wasm';
}
