// All packages have one version: that a package comes with the others of its version goes without saying.
const { default: changelog } = require('@changesets/cli/changelog')

module.exports = {
  getReleaseLine: changelog.getReleaseLine,
  getDependencyReleaseLine: async () => '',
}
