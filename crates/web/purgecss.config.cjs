// What of the style sheet is taken: rules for what is named somewhere in what makes our pages. A class stands there in one piece,
// never put together from parts.
module.exports = {
  content: ['src/**/*.rs', 'assets/*.js'],
  css: ['node_modules/@uswds/uswds/dist/css/uswds.min.css'],
  defaultExtractor: (text) => text.match(/[\w:-]+/g) ?? [],
  fontFace: true,
  keyframes: true,
};
