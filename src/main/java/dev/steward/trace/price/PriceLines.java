// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// A table of ours in the resources: cells apart by commas, `#` before a comment, the first line
/// the heading.
final class PriceLines {
  private PriceLines() {}

  static List<List<String>> of(String file) {
    try (InputStream in = PriceLines.class.getResourceAsStream("/prices/" + file)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks /prices/" + file);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .skip(1)
          .map(line -> Arrays.stream(line.split(",", -1)).map(String::strip).toList())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
