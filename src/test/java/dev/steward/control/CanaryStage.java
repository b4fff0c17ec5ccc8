// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import dev.steward.control.command.Command;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Rollout;
import dev.steward.domain.Digest;
import dev.steward.domain.release.CanaryVerdict;
import dev.steward.domain.release.Strategy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// An agent `lookup` whose first version is in force in staging and whose second one waits in
/// development.
abstract class CanaryStage {
  @TempDir Path folder;
  ControlFixture fixture;
  Digest first;
  Digest second;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.ALL, version(1)));
    fixture.submit(new Command.StartRelease("direct", "lookup", "staging", "", "better"));
    first = inForce("staging");
    fixture.apply(version(2));
    second = inForce("development");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /// Begins the release `canary` of the second version to staging.
  void start(Map<String, String> terms) {
    start(Strategy.CANARY, terms);
  }

  void start(Strategy strategy, Map<String, String> terms) {
    fixture.submit(
        new Command.StartRelease(
            "canary", "lookup", "staging", "", strategy, terms, "a new prompt"));
  }

  void judge(CanaryVerdict verdict, String rule) {
    fixture.submit(
        new Command.JudgeCanary(
            "canary", verdict, rule, "by " + rule, 200, "{\"rule\":\"" + rule + "\"}"));
  }

  ReleaseRecord record() {
    return fixture.state().releases().find("canary").orElseThrow();
  }

  Rollout rollout() {
    return record().tried().orElseThrow();
  }

  Digest inForce(String environment) {
    return Objects.requireNonNull(fixture.state().environments("lookup").get(environment));
  }

  static String version(int number) {
    return Yaml.agent("lookup", "version: {code: {build: " + number + "}}");
  }
}
