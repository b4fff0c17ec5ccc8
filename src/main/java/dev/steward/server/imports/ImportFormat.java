// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.imports;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.util.Arrays;
import java.util.stream.Collectors;

/// The form of a file of recorded runs.
public enum ImportFormat {
  /// OTLP/JSON trace requests: one, or one after the other.
  OTLP("otlp"),
  TAU_BENCH("tau-bench"),
  AGENTDOJO("agentdojo"),
  WHOWHEN("whowhen");

  private final String word;

  ImportFormat(String word) {
    this.word = word;
  }

  /// The word on the command line.
  public String word() {
    return word;
  }

  public static ImportFormat of(String word) {
    return Arrays.stream(values())
        .filter(format -> format.word.equals(word))
        .findFirst()
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.INVALID,
                "--format "
                    + word
                    + ": no such format. Give one of "
                    + Arrays.stream(values())
                        .map(ImportFormat::word)
                        .collect(Collectors.joining(", "))
                    + "."));
  }
}
