// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.means;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.TwoPeople;
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
  private TwoPeople people;

  @BeforeEach
  void open(@TempDir Path folder) {
    fixture = new ControlFixture(folder);
    people = TwoPeople.begin(fixture);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aChangeThatWaitsIsFoundUntilItIsAnswered() {
    assertThat(found()).isEmpty();
    String id = people.propose("20");

    Finding finding = found().getFirst();
    assertThat(finding.title()).isEqualTo("A change waits for a second person");
    assertThat(finding.remedies()).anySatisfy(way -> assertThat(way.line()).contains(id));

    fixture.control().submit(new Command.AcceptChange(id, "looked at it"), people.who("olga"));
    assertThat(found()).isEmpty();
  }

  private List<Finding> found() {
    return new WaitingChanges(fixture::state)
        .look(new Lately(fixture.now(), new FakeTraces(), List.of(), List.of()));
  }
}
