package jcompose.engine.host.nft;

/// The door to nftables. Safe for use by many threads.
///
/// @see <a href="https://www.netfilter.org/projects/nftables/manpage.html">nft(8)</a>
public interface Nft extends AutoCloseable {
  /// Runs commands, all or none of them.
  ///
  /// @param commands in the language of nft(8), one a line
  /// @return what they print
  /// @throws NftException in nft's own words
  String run(String commands);

  @Override
  void close();

  /// Through libnftables where the host has it, else through the program `nft`.
  static Nft open() {
    return NativeNft.find().<Nft>map(it -> it).orElseGet(ProgramNft::new);
  }
}
