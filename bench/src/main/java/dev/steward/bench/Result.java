// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The numbers of one measurement, as a table and as a file.
final class Result {
  private final String name;
  private final Map<String, BigDecimal> metrics = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  Result(String name) {
    this.name = name;
  }

  void put(String key, double value) {
    metrics.put(key, new BigDecimal(value, new MathContext(4)).stripTrailingZeros());
    System.out.printf("  %-32s %s%n", key, metrics.get(key).toPlainString());
  }

  void put(String key, long value) {
    metrics.put(key, BigDecimal.valueOf(value));
    System.out.printf("  %-32s %d%n", key, value);
  }

  /// Says in words what the numbers do not, such as which build of a peer was measured.
  void note(String text) {
    notes.add(text);
    System.out.println("  " + text);
  }

  void print() {
    System.out.printf("%n%s on %s%n", name, machine());
    metrics.forEach((key, value) -> System.out.printf("  %-32s %s%n", key, value.toPlainString()));
    notes.forEach(note -> System.out.println("  " + note));
  }

  void write(Path folder) throws IOException {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("name", name);
    shape.put("machine", machine());
    shape.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    Map<String, Object> numbers = new LinkedHashMap<>();
    metrics.forEach((key, value) -> numbers.put(key, new BigDecimal(value.toPlainString())));
    shape.put("metrics", numbers);
    if (!notes.isEmpty()) {
      shape.put("notes", notes);
    }
    Files.createDirectories(folder);
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    Files.writeString(folder.resolve(name + ".json"), json.writeValueAsString(shape) + "\n");
  }

  private static String machine() {
    long memory =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getTotalMemorySize() >> 30
            : 0;
    return "%d cores, %d GiB, %s %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            memory,
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version().feature());
  }
}
