// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.cases.PolicyCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cases that come out otherwise say what was wanted and what was got.
class CaseFileTest {
  private static final String POLICIES =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: p}
      spec:
        rules:
          - {name: reads, tool: bank/read, effect: allow, redact: [iban], limit: {calls: 5, per: 1m}, reason: true}
          - {name: pays, tool: bank/pay, effect: require_approval, approvers: [cfo], count: 2, expires: 30m}
      ---
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: soon}
      spec: {mode: shadow, rules: [{name: no, tool: bank/read, effect: deny}]}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tool: bank/read, want: allow, obligations: {redact: [iban, bic]} | wanted redact [iban, bic], got [iban]
          tool: bank/read, want: allow, obligations: {redact: []} | wanted redact [], got [iban]
          tool: bank/read, want: allow, obligations: {limit: {calls: 6, per: 1m}} | wanted limits [6 per 1m], got [5 per 1m]
          tool: bank/read, want: allow, obligations: {limits: []} | wanted limits [], got [5 per 1m]
          tool: bank/read, want: allow, obligations: {reason: false} | wanted reason false, got true
          tool: bank/read, want: allow, approval: {count: 1} | wanted another approval than []
          tool: bank/read, want: allow, shadow: none | wanted shadow none, got deny
          tool: bank/read, want: allow, shadow: {rules: [soon/yes]} | wanted the shadow by [soon/yes], got it by [soon/no]
          tool: bank/pay, want: require_approval, approval: {count: 1} | wanted another approval than [{approvers: [cfo], count: 2, fourEyes: true, expires: 30m}]
          tool: bank/pay, want: require_approval, approval: {fourEyes: false} | wanted another approval than
          tool: bank/pay, want: require_approval, approval: [{count: 2}, {count: 2}] | wanted another approval than
          tool: bank/pay, want: require_approval, approval: [] | wanted another approval than
          tool: bank/pay, want: allow | wanted allow, got require_approval
          tool: bank/pay, want: require_approval, rules: [p/reads] | wanted it by [p/reads], got it by [p/pays]
          """)
  void whatIsNotAsWantedIsTold(String wanted, String told) {
    assertThat(run(wanted).getFirst().wrong()).contains(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          obligations: {redcat: [iban]} | obligations.redcat: is not a field here
          obligations: {limit: {calls: 5, per: often}} | must be a length of time
          approval: {quorum: 2} | approval.quorum: is not a field here
          shadow: perhaps | must be allow, deny, require_approval or none
          """)
  void aSlipInACaseIsRefused(String slip, String told) {
    assertThatThrownBy(() -> run("tool: bank/read, want: allow, " + slip))
        .hasMessageContaining(told);
  }

  @Test
  void whatIsAsWantedPasses() {
    assertThat(
            run("tool: bank/pay, want: require_approval, approval: {approvers: [cfo], count: 2},"
                    + " obligations: {reason: false}, shadow: none")
                .getFirst()
                .passed())
        .isTrue();
  }

  private List<PolicyCase.Result> run(String wanted) {
    try {
      Files.writeString(folder.resolve("p.yaml"), POLICIES);
      Path cases = folder.resolve("p.cases.yaml");
      Files.writeString(
          cases, "files: [p.yaml]\ncases:\n  - {description: one, agent: a, " + wanted + "}\n");
      return CaseFile.read(cases, List.of()).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
