// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.tile;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The path of a tile or an entry bundle under a log's prefix.
///
/// @param level tile level 0 to 63, or `ENTRIES`
/// @param width 1 to 256, less than 256 for a partial one
public record TilePath(int level, long index, int width) {
  /// In place of a level: the bundle of entries beside the tile of level 0.
  public static final int ENTRIES = -1;

  private static final int LEVEL_MAX = 63;
  private static final Pattern PATH =
      Pattern.compile(
          "tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  public TilePath {
    if (level < ENTRIES || level > LEVEL_MAX || index < 0 || width < 1 || width > Tile.WIDTH) {
      throw new IllegalArgumentException("no tile " + level + "/" + index + ".p/" + width);
    }
  }

  /// Reads a path such as `tile/0/x001/x234/067.p/8`; empty when it is none.
  public static Optional<TilePath> parse(String path) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int level = matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1));
    long index = Long.parseLong(matcher.group(2).replaceAll("[x/]", ""));
    int width = matcher.group(3) == null ? Tile.WIDTH : Integer.parseInt(matcher.group(3));
    boolean partial = matcher.group(3) != null;
    if (level > LEVEL_MAX || width > Tile.WIDTH || (partial && width == Tile.WIDTH)) {
      return Optional.empty();
    }
    TilePath tile = new TilePath(level, index, width);
    return tile.path().equals(path) ? Optional.of(tile) : Optional.empty();
  }

  public String path() {
    StringBuilder digits = new StringBuilder(threeDigits(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      digits.insert(0, "x" + threeDigits(rest % 1000) + "/");
    }
    String place = "tile/" + (level == ENTRIES ? "entries" : level) + "/" + digits;
    return width == Tile.WIDTH ? place : place + ".p/" + width;
  }

  private static String threeDigits(long number) {
    return String.format(Locale.ROOT, "%03d", number);
  }
}
