package jcompose.engine.host;

/// Lets a control group at devices, in the words of the kernel's `devices.allow`.
///
/// @param type `a`, `b` or `c`
/// @param major -1 for any
/// @param minor -1 for any
/// @param access some of `rwm`
public record DeviceRule(char type, int major, int minor, String access) {
  private static String number(int number) {
    return number < 0 ? "*" : Integer.toString(number);
  }

  /// `c 1:3 rwm`
  @Override
  public String toString() {
    return type + " " + number(major) + ":" + number(minor) + " " + access;
  }
}
