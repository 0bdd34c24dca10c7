package jcompose.cli.warm;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// What `bin/jcompose` says; the protocol's page is src/main/native/README.md.
sealed interface Frame {
  /// No argument, no environment is longer: Linux gives a process 6 MiB at most.
  int MAX_BYTES = 8 << 20;

  /// The command to run.
  record Call(CallText text) implements Frame {}

  /// A piece of standard input; empty at its end.
  record Input(ByteBuffer data) implements Frame {}

  /// A signal that the caller got, by its number.
  record Signal(int number) implements Frame {}

  /// The terminal's size, nothing where there is none.
  record WindowSize(int columns, int rows) implements Frame {}

  /// Reads the next one: a letter, a length of four bytes, the most significant first, a payload.
  ///
  /// @throws EOFException when the caller has gone
  /// @throws IOException for what is not of the protocol
  static Frame read(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte();
    int length = in.readInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a frame of " + Integer.toUnsignedString(length) + " bytes");
    }
    byte[] data = in.readNBytes(length);
    if (data.length < length) {
      throw new EOFException("cut off in the middle of a frame");
    }
    return switch ((char) type) {
      case 'C' -> new Call(CallText.parse(data));
      case 'I' -> new Input(ByteBuffer.wrap(data));
      case 'S' -> new Signal(number(data, 1));
      case 'W' -> new WindowSize(number(data, 4) >>> 16, number(data, 4) & 0xffff);
      default -> throw new IOException("a frame of unknown kind " + type);
    };
  }

  /// The number that all of the payload makes.
  private static int number(byte[] data, int length) throws IOException {
    if (data.length != length) {
      throw new IOException("%d bytes for a number of %d".formatted(data.length, length));
    }
    int number = 0;
    for (byte octet : data) {
      number = (number << 8) | (octet & 0xff);
    }
    return number;
  }
}
