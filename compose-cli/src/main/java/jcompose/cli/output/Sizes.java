package jcompose.cli.output;

import java.math.BigDecimal;
import java.math.MathContext;
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

  /// With four digits that count, as docker tells some: `1.985MB`.
  public static String precise(long bytes) {
    double value = bytes;
    int unit = 0;
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString()
        + units[unit];
  }

  /// In steps of 1024, as docker tells memory: four digits that count, `12.62MiB`.
  public static String binary(long bytes) {
    double value = bytes;
    int unit = 0;
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    int digits = value >= 1000 ? 0 : value >= 100 ? 1 : value >= 10 ? 2 : 3;
    String text = String.format(Locale.ROOT, "%." + digits + "f", value);
    return (text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text) + units[unit];
  }
}
