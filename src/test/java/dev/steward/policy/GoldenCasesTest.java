// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.cases.PolicyCase;
import dev.steward.server.policy.CaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenCasesTest {
  static List<PolicyCase.Result> cases() throws IOException {
    List<PolicyCase.Result> results = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/cases/policy"))) {
      files
          .filter(file -> file.toString().endsWith(".cases.yaml"))
          .forEach(file -> results.addAll(CaseFile.read(file, List.of()).run()));
    }
    assertThat(results).hasSizeGreaterThan(30);
    return results;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decidesAsWanted(PolicyCase.Result result) {
    assertThat(result.wrong()).as(result.description()).isEmpty();
  }
}
