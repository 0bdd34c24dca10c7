package jcompose.cli.output;

import java.util.Locale;

/// Sizes as docker tells them: `4.26MB`.
public final class Sizes {
  private Sizes() {}

  public static String decimal(long bytes) {
    double value = bytes;
    int unit = 0;
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    String text =
        value >= 100
            ? String.format(Locale.ROOT, "%.0f", value)
            : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    return (text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text) + units[unit];
  }
}
