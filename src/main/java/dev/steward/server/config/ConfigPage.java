// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.config;

import dev.steward.server.setting.Written;
import java.util.List;
import java.util.Locale;

/// The reference page and the example file, generated from the records.
public final class ConfigPage {
  private static final int WIDTH = 96;

  private ConfigPage() {}

  /// Contents of `docs/reference/configuration.md`.
  public static String markdown() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Configuration

        <!-- Generated from the records of dev.steward.server.config by `make reference`; a test compares. -->

        `steward up --config FILE` reads a YAML file ([an example with every key](steward.example.yaml)).
        A variable of the environment overrides the file, an option of the command line overrides both.
        An unknown key stops the start and names the nearest right one.

        Durations are written `250ms`, `30s`, `15m`, `12h`, `7d`; sizes `512B`, `64KiB`, `64MiB`, `2GiB`; a list in
        the environment is separated by commas.

        """);
    String section = "-";
    for (ConfigKey key : ConfigKey.all()) {
      if (!key.section().equals(section)) {
        section = key.section();
        page.append(section.isEmpty() ? "## Top level\n\n" : "\n## " + section + "\n\n")
            .append("| key | type | default | environment | |\n|---|---|---|---|---|\n");
      }
      page.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %s | `%s` | %s |%n",
              key.name(),
              Written.typeName(key.type()),
              key.byDefault().isEmpty() ? "none" : "`" + key.byDefault() + "`",
              key.environmentName(),
              key.about()));
    }
    return page.toString();
  }

  /// Contents of `docs/reference/steward.example.yaml`: every key with its default.
  public static String example() {
    StringBuilder file = new StringBuilder();
    file.append("# SPDX-License-Identifier: Apache-2.0\n");
    file.append("# Every key of `steward up --config FILE` with its default.\n");
    String section = "";
    for (ConfigKey key : ConfigKey.all()) {
      if (!key.section().equals(section)) {
        section = key.section();
        file.append('\n').append(section).append(":\n");
      }
      String indent = section.isEmpty() ? "" : "  ";
      wrapped(key.about()).forEach(l -> file.append(indent).append("# ").append(l).append('\n'));
      String name = key.name().substring(key.name().indexOf('.') + 1);
      file.append(indent).append(name).append(": ").append(written(key)).append('\n');
    }
    return file.toString();
  }

  private static String written(ConfigKey key) {
    if (!key.byDefault().isEmpty()) {
      return key.byDefault();
    }
    return key.type() == List.class ? "[]" : "\"\"";
  }

  private static List<String> wrapped(String text) {
    return text.replaceAll("(.{1," + WIDTH + "})(?: +|$)", "$1\n").lines().toList();
  }
}
