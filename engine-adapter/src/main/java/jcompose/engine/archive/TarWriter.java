package jcompose.engine.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// Writes a tar stream that Docker, Go's archive/tar and GNU tar read: ustar, and PAX headers where
/// ustar does not suffice. Equal members give equal bytes.
///
/// Times are written in whole seconds, as Docker's layers have them.
public final class TarWriter implements AutoCloseable {
  private static final int BLOCK = 512;
  private static final long MAX_OCTAL_11 = (1L << 33) - 1;
  private static final long MAX_OCTAL_7 = (1L << 21) - 1;

  private final OutputStream out;
  private long remaining;
  private int padding;

  /// @param out should take small writes cheaply; it is not closed here
  public TarWriter(OutputStream out) {
    this.out = out;
  }

  /// Begins a member. Then exactly [TarEntry#size()] bytes of data are to be written.
  public void begin(TarEntry entry) throws IOException {
    endMember();
    var pax = new TreeMap<String, byte[]>();
    byte[] name = latin(entry.name());
    byte[] prefix = new byte[0];
    if (name.length > 100) {
      int slash = splitAt(name);
      if (slash > 0) {
        prefix = Arrays.copyOfRange(name, 0, slash);
        name = Arrays.copyOfRange(name, slash + 1, name.length);
      } else {
        pax.put("path", name);
      }
    }
    byte[] target = latin(entry.target());
    if (target.length > 100) {
      pax.put("linkpath", target);
    }
    if (entry.size() > MAX_OCTAL_11) {
      pax.put("size", latin(Long.toString(entry.size())));
    }
    if (Integer.toUnsignedLong(entry.uid()) > MAX_OCTAL_7) {
      pax.put("uid", latin(Integer.toUnsignedString(entry.uid())));
    }
    if (Integer.toUnsignedLong(entry.gid()) > MAX_OCTAL_7) {
      pax.put("gid", latin(Integer.toUnsignedString(entry.gid())));
    }
    if (entry.seconds() < 0 || entry.seconds() > MAX_OCTAL_11) {
      pax.put("mtime", latin(Long.toString(entry.seconds())));
    }
    entry.attributes().forEach((key, value) -> pax.put("SCHILY.xattr." + key, value));
    if (!pax.isEmpty()) {
      byte[] records = records(pax);
      header(
          latin("PaxHeaders.0/" + shortened(entry.name())),
          new byte[0],
          'x',
          new byte[0],
          0644,
          0,
          0,
          records.length,
          0,
          0,
          0);
      out.write(records);
      pad(records.length);
    }
    header(
        name,
        prefix,
        kind(entry.type()),
        target,
        entry.permissions(),
        Integer.toUnsignedLong(entry.uid()),
        Integer.toUnsignedLong(entry.gid()),
        entry.size(),
        entry.seconds(),
        entry.major(),
        entry.minor());
    remaining = entry.size();
    padding = (int) (-entry.size() & (BLOCK - 1));
  }

  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > remaining) {
      throw new IOException("more data than the tar member's header says");
    }
    out.write(bytes, offset, length);
    remaining -= length;
  }

  /// A whole file.
  public void file(TarEntry entry, byte[] data) throws IOException {
    begin(entry);
    write(data, 0, data.length);
  }

  private void endMember() throws IOException {
    if (remaining != 0) {
      throw new IOException("less data than the tar member's header says");
    }
    out.write(new byte[padding]);
    padding = 0;
  }

  /// Ends the archive.
  @Override
  public void close() throws IOException {
    endMember();
    out.write(new byte[2 * BLOCK]);
    out.flush();
  }

  private void header(
      byte[] name,
      byte[] prefix,
      char kind,
      byte[] target,
      int permissions,
      long uid,
      long gid,
      long size,
      long seconds,
      int major,
      int minor)
      throws IOException {
    byte[] block = new byte[BLOCK];
    put(block, 0, 100, name);
    octal(block, 100, 8, permissions);
    octal(block, 108, 8, uid > MAX_OCTAL_7 ? 0 : uid);
    octal(block, 116, 8, gid > MAX_OCTAL_7 ? 0 : gid);
    octal(block, 124, 12, size > MAX_OCTAL_11 ? 0 : size);
    octal(block, 136, 12, seconds < 0 || seconds > MAX_OCTAL_11 ? 0 : seconds);
    Arrays.fill(block, 148, 156, (byte) ' ');
    block[156] = (byte) kind;
    put(block, 157, 100, target);
    put(block, 257, 8, latin("ustar\00000"));
    octal(block, 329, 8, major);
    octal(block, 337, 8, minor);
    put(block, 345, 155, prefix);
    int sum = 0;
    for (byte one : block) {
      sum += one & 0xff;
    }
    octal(block, 148, 7, sum);
    block[155] = ' ';
    out.write(block);
  }

  private static char kind(TarEntry.Type type) {
    return switch (type) {
      case FILE -> '0';
      case HARD_LINK -> '1';
      case SYMLINK -> '2';
      case CHARACTER_DEVICE -> '3';
      case BLOCK_DEVICE -> '4';
      case DIRECTORY -> '5';
      case FIFO -> '6';
    };
  }

  /// The last slash that leaves at most 155 bytes before and 100 after it; 0 for none.
  private static int splitAt(byte[] name) {
    for (int i = Math.min(155, name.length - 2); i > 0; i--) {
      if (name[i] == '/') {
        return name.length - i - 1 <= 100 ? i : 0;
      }
    }
    return 0;
  }

  private static byte[] records(Map<String, byte[]> pax) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (var record : pax.entrySet()) {
      int rest = record.getKey().length() + record.getValue().length + 3; // ' ', '=', '\n'
      int length = rest + Integer.toString(rest).length();
      length = rest + Integer.toString(length).length();
      bytes.write(latin(length + " " + record.getKey() + "="));
      bytes.write(record.getValue());
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  private void pad(int length) throws IOException {
    out.write(new byte[-length & (BLOCK - 1)]);
  }

  private static String shortened(String name) {
    String base = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    base = base.substring(base.lastIndexOf('/') + 1);
    return base.length() > 80 ? base.substring(0, 80) : base;
  }

  private static void put(byte[] block, int offset, int length, byte[] value) {
    System.arraycopy(value, 0, block, offset, Math.min(length, value.length));
  }

  private static void octal(byte[] block, int offset, int length, long value) {
    for (int i = length - 2; i >= 0; i--) {
      block[offset + i] = (byte) ('0' + (value & 7));
      value >>= 3;
    }
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
