package jcompose.engine.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a tar stream: ustar, PAX, and GNU's long names, big numbers and sparse files.
///
/// Written because commons-compress decodes PAX values as text, which breaks attributes that are
/// bytes (`security.capability`), and puts no limit on what it reads into memory for a name.
///
/// @see <a href="https://www.gnu.org/software/tar/manual/html_node/Standard.html">the basic format,
///   and GNU's</a>
/// @see <a
///   href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_01">PAX</a>
public final class TarReader {
  private static final int BLOCK = 512;
  private static final int MAX_HEADER = 1 << 20;
  private static final int MAX_EXTENTS = 1 << 20;
  private static final Pattern TIME = Pattern.compile("-?[0-9]{1,18}(?:\\.[0-9]{0,30})?");
  private static final String XATTR = "SCHILY.xattr.";

  private final InputStream in;
  private final byte[] block = new byte[BLOCK];
  private final Map<String, byte[]> global = new HashMap<>();
  private long remaining; // of the current member's stored data
  private int padding; // after it
  private boolean ended;

  /// @param in should give large reads cheaply; it is not closed here
  public TarReader(InputStream in) {
    this.in = in;
  }

  /// The next member; null after the last. What was not read of the member before is skipped.
  public @Nullable TarEntry next() throws IOException {
    skipRest();
    Map<String, byte[]> pax = new HashMap<>(global);
    var sparsePairs = new ArrayList<Long>();
    String longName = null;
    String longTarget = null;
    while (!ended) {
      if (!readBlock(true)) {
        ended = true;
        break;
      }
      if (isZero(block)) {
        ended = true;
        break;
      }
      verifyChecksum();
      char kind = (char) (block[156] & 0xff);
      long size = number(124, 12);
      switch (kind) {
        case 'x', 'X' -> readPax(size, pax, sparsePairs);
        case 'g' -> {
          readPax(size, global, new ArrayList<>());
          pax.putAll(global);
        }
        case 'L' -> longName = untilNul(readSmall(size));
        case 'K' -> longTarget = untilNul(readSmall(size));
        default -> {
          return member(kind, size, pax, sparsePairs, longName, longTarget);
        }
      }
    }
    return null;
  }

  /// Reads of the current member's data; -1 at its end. Of a sparse file: what the archive has.
  public int read(byte[] into, int offset, int length) throws IOException {
    if (remaining == 0) {
      return -1;
    }
    int count = in.read(into, offset, (int) Math.min(length, remaining));
    if (count < 0) {
      throw new EOFException("unexpected end of the archive inside a file");
    }
    remaining -= count;
    return count;
  }

  /// All of the current member's data.
  ///
  /// @throws TarFormatException when it is longer than the limit
  public byte[] readAll(int limit) throws IOException {
    if (remaining > limit) {
      throw new TarFormatException(
          "a member of the archive has " + remaining + " bytes where at most " + limit + " fit");
    }
    byte[] all = new byte[(int) remaining];
    for (int at = 0; at < all.length; ) {
      at += read(all, at, all.length - at);
    }
    return all;
  }

  /// The current member's data as a stream, good until the next member.
  public InputStream data() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return length == 0 ? 0 : TarReader.this.read(into, offset, length);
      }
    };
  }

  /// Reads what follows the archive to the end of the stream, which a digest of it needs.
  public void drain() throws IOException {
    skipRest();
    in.transferTo(OutputStream.nullOutputStream());
  }

  private TarEntry member(
      char kind,
      long headerSize,
      Map<String, byte[]> pax,
      List<Long> sparsePairs,
      @Nullable String longName,
      @Nullable String longTarget)
      throws IOException {
    TarEntry.Type type =
        switch (kind) {
          case '1' -> TarEntry.Type.HARD_LINK;
          case '2' -> TarEntry.Type.SYMLINK;
          case '3' -> TarEntry.Type.CHARACTER_DEVICE;
          case '4' -> TarEntry.Type.BLOCK_DEVICE;
          case '5' -> TarEntry.Type.DIRECTORY;
          case '6' -> TarEntry.Type.FIFO;
          case '0', '\0', '7', 'S' -> TarEntry.Type.FILE;
          default -> throw new TarFormatException("unknown kind of tar member: '" + kind + "'");
        };
    String name = longName != null ? longName : headerName();
    name = text(pax, "path", name);
    String target = longTarget != null ? longTarget : field(157, 100);
    target = text(pax, "linkpath", target);
    if (type == TarEntry.Type.FILE && name.endsWith("/") && kind != '7') {
      type = TarEntry.Type.DIRECTORY; // as old tars write folders
    }
    long stored = number(pax, "size", headerSize);
    if (stored < 0) {
      throw new TarFormatException("a member of the archive has a negative size");
    }
    if (type != TarEntry.Type.FILE) {
      stored = 0; // whatever the header says, no data follows
    }
    long seconds = number(136, 12);
    int nanos = 0;
    byte[] mtime = pax.get("mtime");
    if (mtime != null) {
      if (!TIME.matcher(latin(mtime)).matches()) {
        throw new TarFormatException("malformed time in the archive");
      }
      var time = new BigDecimal(latin(mtime));
      var floor = time.setScale(0, RoundingMode.FLOOR);
      seconds = floor.longValue();
      nanos = time.subtract(floor).movePointRight(9).intValue();
    }
    int permissions = (int) number(100, 8) & 07777;
    int uid = (int) number(pax, "uid", number(108, 8));
    int gid = (int) number(pax, "gid", number(116, 8));
    boolean device = type == TarEntry.Type.CHARACTER_DEVICE || type == TarEntry.Type.BLOCK_DEVICE;
    int major = device ? (int) number(329, 8) : 0;
    int minor = device ? (int) number(337, 8) : 0;

    remaining = stored;
    padding = (int) (-stored & (BLOCK - 1));
    long size = stored;
    Optional<List<TarEntry.Extent>> extents = Optional.empty();
    if (kind == 'S') {
      size = number(483, 12);
      extents = Optional.of(gnuExtents());
    } else if (latin(pax.getOrDefault("GNU.sparse.major", new byte[0])).equals("1")) {
      size = number(pax, "GNU.sparse.realsize", 0);
      name = text(pax, "GNU.sparse.name", name);
      extents = Optional.of(extents(paxMap()));
    } else if (pax.containsKey("GNU.sparse.size")) {
      size = number(pax, "GNU.sparse.size", 0);
      name = text(pax, "GNU.sparse.name", name);
      byte[] map = pax.get("GNU.sparse.map");
      if (map != null) {
        for (String part : latin(map).split(",")) {
          sparsePairs.add(decimal(part));
        }
      }
      extents = Optional.of(extents(sparsePairs));
    }
    if (extents.isPresent()) {
      checkExtents(extents.get(), size);
    }
    return new TarEntry(
        name,
        type,
        target,
        permissions,
        uid,
        gid,
        size,
        seconds,
        nanos,
        major,
        minor,
        attributes(pax),
        extents);
  }

  private String headerName() {
    String name = field(0, 100);
    boolean posix = field(257, 6).equals("ustar") && block[263] == '0';
    String prefix = posix ? field(345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static Map<String, byte[]> attributes(Map<String, byte[]> pax) {
    Map<String, byte[]> attributes = Map.of();
    for (var record : pax.entrySet()) {
      if (record.getKey().startsWith(XATTR)) {
        if (attributes.isEmpty()) {
          attributes = new HashMap<>();
        }
        attributes.put(record.getKey().substring(XATTR.length()), record.getValue());
      }
    }
    return attributes;
  }

  /// Records of the form `length key=value\n`, where the length counts all of it.
  private void readPax(long size, Map<String, byte[]> into, List<Long> sparsePairs)
      throws IOException {
    byte[] data = readSmall(size);
    int at = 0;
    while (at < data.length) {
      int space = indexOf(data, ' ', at, data.length);
      int equals = space < 0 ? -1 : indexOf(data, '=', space, data.length);
      if (equals < 0) {
        throw new TarFormatException("malformed PAX header");
      }
      long length = decimal(latin(data, at, space));
      int end = (int) Math.min(data.length + 1L, at + length);
      if (length <= 0 || end > data.length || equals >= end || data[end - 1] != '\n') {
        throw new TarFormatException("malformed PAX header");
      }
      String key = latin(data, space + 1, equals);
      byte[] value = Arrays.copyOfRange(data, equals + 1, end - 1);
      if (key.equals("GNU.sparse.offset") || key.equals("GNU.sparse.numbytes")) {
        sparsePairs.add(decimal(latin(value)));
      } else if (value.length == 0) {
        into.remove(key); // an empty value takes a record back
      } else {
        into.put(key, value);
      }
      at = end;
    }
  }

  private List<TarEntry.Extent> gnuExtents() throws IOException {
    var pairs = new ArrayList<Long>();
    addPairs(pairs, 386, 4);
    boolean more = block[482] != 0;
    while (more) {
      readBlock(false);
      addPairs(pairs, 0, 21);
      more = block[504] != 0;
      if (pairs.size() > 2 * MAX_EXTENTS) {
        throw new TarFormatException("a sparse file in the archive has too many parts");
      }
    }
    return extents(pairs);
  }

  private void addPairs(List<Long> pairs, int offset, int count) throws TarFormatException {
    for (int i = 0; i < count && block[offset + 24 * i] != 0; i++) {
      pairs.add(number(offset + 24 * i, 12));
      pairs.add(number(offset + 24 * i + 12, 12));
    }
  }

  /// The map before the data: numbers on lines of their own, padded to a block.
  private List<Long> paxMap() throws IOException {
    var numbers = new ArrayList<Long>();
    long expected = -1;
    var line = new StringBuilder();
    while (expected < 0 || numbers.size() < expected) {
      if (remaining < BLOCK) {
        throw new TarFormatException("malformed map of a sparse file in the archive");
      }
      readBlock(false);
      remaining -= BLOCK;
      for (int i = 0; i < BLOCK && (expected < 0 || numbers.size() < expected); i++) {
        if (block[i] != '\n') {
          line.append((char) (block[i] & 0xff));
          continue;
        }
        long value = decimal(line.toString());
        line.setLength(0);
        if (expected < 0) {
          if (value > MAX_EXTENTS) {
            throw new TarFormatException("a sparse file in the archive has too many parts");
          }
          expected = 2 * value;
        } else {
          numbers.add(value);
        }
      }
    }
    return numbers;
  }

  private static List<TarEntry.Extent> extents(List<Long> pairs) throws TarFormatException {
    if (pairs.size() % 2 != 0) {
      throw new TarFormatException("malformed map of a sparse file in the archive");
    }
    var extents = new ArrayList<TarEntry.Extent>();
    for (int i = 0; i < pairs.size(); i += 2) {
      extents.add(new TarEntry.Extent(pairs.get(i), pairs.get(i + 1)));
    }
    return Collections.unmodifiableList(extents);
  }

  private void checkExtents(List<TarEntry.Extent> extents, long size) throws TarFormatException {
    long at = 0;
    long stored = 0;
    for (var extent : extents) {
      if (extent.offset() < at
          || extent.length() < 0
          || extent.offset() > size
          || extent.length() > size - extent.offset()) {
        throw new TarFormatException("malformed map of a sparse file in the archive");
      }
      at = extent.offset() + extent.length();
      stored += extent.length();
    }
    if (stored != remaining) {
      throw new TarFormatException("a sparse file in the archive does not have what its map says");
    }
  }

  private void skipRest() throws IOException {
    long skip = remaining + padding;
    remaining = 0;
    padding = 0;
    byte[] sink = skip == 0 ? block : new byte[(int) Math.min(skip, 1 << 16)];
    while (skip > 0) {
      int count = in.read(sink, 0, (int) Math.min(sink.length, skip));
      if (count < 0) {
        throw new EOFException("unexpected end of the archive inside a file");
      }
      skip -= count;
    }
  }

  private byte[] readSmall(long size) throws IOException {
    if (size < 0 || size > MAX_HEADER) {
      throw new TarFormatException(
          "a header of the archive has " + size + " bytes where at most " + MAX_HEADER + " fit");
    }
    remaining = size;
    padding = (int) (-size & (BLOCK - 1));
    byte[] data = readAll(MAX_HEADER);
    skipRest();
    return data;
  }

  private boolean readBlock(boolean mayEnd) throws IOException {
    int count = in.readNBytes(block, 0, BLOCK);
    if (count == BLOCK) {
      return true;
    }
    if (count == 0 && mayEnd) {
      return false;
    }
    throw new EOFException("unexpected end of the archive");
  }

  private void verifyChecksum() throws TarFormatException {
    int unsigned = 0;
    int signed = 0; // some old tars added signed bytes
    for (int i = 0; i < BLOCK; i++) {
      byte value = i >= 148 && i < 156 ? (byte) ' ' : block[i];
      unsigned += value & 0xff;
      signed += value;
    }
    long expected = number(148, 8);
    if (expected != unsigned && expected != signed) {
      throw new TarFormatException("invalid tar header: its checksum does not match");
    }
  }

  private String field(int offset, int length) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return latin(block, offset, end);
  }

  private long number(int offset, int length) throws TarFormatException {
    if ((block[offset] & 0x80) != 0) { // base 256, two's complement
      long value = (block[offset] & 0x40) != 0 ? -1 : 0;
      value = (value << 6) | (block[offset] & 0x3f);
      for (int i = 1; i < length; i++) {
        if (value > Long.MAX_VALUE >> 8 || value < Long.MIN_VALUE >> 8) {
          throw new TarFormatException("a number in a tar header is too large");
        }
        value = (value << 8) | (block[offset + i] & 0xff);
      }
      return value;
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      int digit = block[offset + i];
      if (digit == ' ' || digit == 0) {
        if (value != 0 || digit == 0) {
          break;
        }
        continue;
      }
      if (digit < '0' || digit > '7') {
        throw new TarFormatException("a number in a tar header is not octal");
      }
      value = (value << 3) | (digit - '0');
    }
    return value;
  }

  private static long number(Map<String, byte[]> pax, String key, long otherwise)
      throws TarFormatException {
    byte[] value = pax.get(key);
    return value == null ? otherwise : decimal(latin(value));
  }

  private static long decimal(String text) throws TarFormatException {
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException notDecimal) {
      // said below
    }
    throw new TarFormatException("a number in a tar header is not decimal");
  }

  private static String text(Map<String, byte[]> pax, String key, String otherwise) {
    byte[] value = pax.get(key);
    return value == null ? otherwise : latin(value);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String latin(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static String untilNul(byte[] bytes) {
    int nul = indexOf(bytes, '\0', 0, bytes.length);
    return latin(bytes, 0, nul < 0 ? bytes.length : nul);
  }

  private static int indexOf(byte[] bytes, char what, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == what) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isZero(byte[] bytes) {
    for (byte one : bytes) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }
}
