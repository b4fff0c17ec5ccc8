// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.means;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.insight.finding.FakeTraces;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.Lately;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingChangesTest {
  private ControlFixture fixture;

  @BeforeEach
  void open(@TempDir Path folder) {
    fixture = new ControlFixture(folder);
    fixture.apply(
        Yaml.documents(
            Yaml.DANA, Yaml.agent("lookup"), person("omar"), person("olga"), budget(10)));
    for (String stage : List.of("staging", "canary")) {
      fixture.submit(new Command.StartRelease("to-" + stage, "lookup", stage, "", "better"));
    }
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aChangeThatWaitsIsFoundUntilItIsAnswered() {
    assertThat(found()).isEmpty();
    Actor omar = who("omar");
    Command wider = new Command.ApplyResources(ControlFixture.read(budget(20)).declarations());
    String id = fixture.control().submit(wider, omar).plan().proposed().orElseThrow().id();

    Finding finding = found().getFirst();
    assertThat(finding.title()).isEqualTo("A change waits for a second person");
    assertThat(finding.remedies()).anySatisfy(way -> assertThat(way.line()).contains(id));

    fixture.control().submit(new Command.AcceptChange(id, "looked at it"), who("olga"));
    assertThat(found()).isEmpty();
  }

  private List<Finding> found() {
    return new WaitingChanges(fixture::state)
        .look(new Lately(fixture.now(), new FakeTraces(), List.of(), List.of()));
  }

  private Actor who(String name) {
    return Actor.person(fixture.state().person(name + "@example.com").orElseThrow().id());
  }

  private static String person(String name) {
    return """
    apiVersion: steward/v1
    kind: Person
    metadata: {name: %s@example.com}
    spec: {grants: [{role: operator}]}
    """
        .formatted(name);
  }

  private static String budget(int limit) {
    return """
    apiVersion: steward/v1
    kind: Budget
    metadata: {name: all}
    spec: {window: day, limit: {cost: %s, currency: USD}}
    """
        .formatted(limit);
  }
}
