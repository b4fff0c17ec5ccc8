// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// The recorded runs beside the project.
public final class RecordedFiles {
  public static final String TAU_BENCH = "trajectories/taubench_airline.jsonl";
  public static final String AGENTDOJO = "agentdojo/runs.jsonl";
  public static final String WHOWHEN = "trajectories/whowhen.jsonl";

  private RecordedFiles() {}

  public static Path existing(String name) {
    Path file = Path.of("../shared/data").resolve(name);
    Assumptions.assumeTrue(Files.exists(file), "skipped: ../shared/data is missing");
    return file;
  }
}
