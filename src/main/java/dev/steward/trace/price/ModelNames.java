// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The plainer names of a model: without the path, the region and the date that providers wrap
/// around it.
final class ModelNames {
  /// Longer names are not looked up: no provider has any, and a hostile one must not cost time.
  static final int LENGTH_MAX = 200;

  private static final Pattern REGION =
      Pattern.compile("^(us-gov|us|eu|apac|ap|jp|au|ca|sa|global|regional)[./]");
  private static final Pattern LATEST = Pattern.compile("[-:@]latest$");
  private static final Pattern BEDROCK_VERSION = Pattern.compile("-v\\d+(:\\d+)?(:\\d+k)?$");
  private static final Pattern DATE = Pattern.compile("[-@](20\\d{2}-?[01]\\d-?[0-3]\\d)$");

  private ModelNames() {}

  static String normal(String model) {
    return model.strip().toLowerCase(Locale.ROOT);
  }

  /// Names to try after the given one, the nearest first.
  ///
  /// @param name in lower case
  static List<String> plainer(String name) {
    Set<String> names = new LinkedHashSet<>();
    String base = name;
    for (Pattern wrapping : List.of(REGION, LATEST, BEDROCK_VERSION, DATE)) {
      base = wrapping.matcher(base).replaceFirst("");
      names.add(base);
    }
    int slash = name.lastIndexOf('/');
    if (slash >= 0 && slash < name.length() - 1) {
      String last = name.substring(slash + 1);
      names.add(last);
      names.addAll(plainer(last));
    }
    names.remove(name);
    names.remove("");
    return List.copyOf(names);
  }
}
