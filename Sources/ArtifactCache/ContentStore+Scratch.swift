extension ContentStore {
  /// A store in a folder that its owner removes: nothing of it is recorded anywhere.
  package static func scratch(
    at folder: String, files: any FileOperations = SystemFiles()
  ) -> ContentStore {
    ContentStore(
      layout: StoreLayout(root: folder), files: files, isReadOnly: false, onNotice: { _ in })
  }
}
