// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.access.Authority;
import dev.steward.control.command.Command;
import dev.steward.control.shelf.Revision;
import dev.steward.control.shelf.SealedText;
import dev.steward.control.state.LegalHold;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Person.Grant;
import dev.steward.domain.resource.Person.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureTest {
  @TempDir Path folder;
  private ControlFixture fixture;
  private String id = "";

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.DANA);
    id = fixture.state().person("dana@example.com").orElseThrow().id();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void anErasedPersonIsAnIdOnly() {
    Revision revision = fixture.state().history("Person", id).getFirst();
    Digest card = Objects.requireNonNull(revision.card());

    fixture.submit(new Command.ErasePerson("dana@example.com", "Dana Smith asked for it"));

    State state = fixture.state();
    assertThat(state.person("dana@example.com")).isEmpty();
    assertThat(state.all(Person.class)).isEmpty();
    assertThat(state.erasedPeople()).containsExactly(id);
    assertThat(state.text(card)).isEmpty();
    assertThat(((Person) state.read("Person", id, revision)).displayName()).isEmpty();
    assertThat(state.authority(Actor.person(id), ControlFixture.START)).isEqualTo(Authority.NONE);
    assertThat(fixture.replayed(fixture.ledger.size())).isEqualTo(state);
    assertThatThrownBy(() -> fixture.submit(new Command.ErasePerson(id, "again")))
        .hasMessage(id + " is erased already");
  }

  @Test
  void wordsAboutThePersonGoToo() {
    hold("hold-1", "complaint of DANA SMITH");
    hold("hold-2", "lawsuit 17");

    fixture.submit(new Command.ErasePerson(id, "asked for it"));

    assertThat(reason("hold-1")).isEmpty();
    assertThat(reason("hold-2")).contains("lawsuit 17");
  }

  @Test
  void tokensOfThePersonStop() {
    fixture.submit(
        new Command.IssueToken(
            "token-1",
            Digest.of("t"),
            "dana@example.com",
            "cli",
            List.of(Grant.of(Role.VIEWER)),
            Optional.empty()));

    fixture.submit(new Command.ErasePerson(id, "asked for it"));

    assertThat(fixture.state().apiTokenById("token-1").orElseThrow().revokedAt()).isNotNull();
  }

  @Test
  void aDeletedPersonCanStillBeErasedById() {
    fixture.submit(new Command.DeleteResource("person", "dana@example.com"));

    fixture.submit(new Command.ErasePerson(id, "asked for it"));

    assertThat(fixture.state().erasedPeople()).containsExactly(id);
  }

  @Test
  void anErasureThatACrashInterruptedIsDoneAtTheNextStart() {
    Digest card = Objects.requireNonNull(fixture.state().history("Person", id).getFirst().card());
    String words = fixture.state().text(card).orElseThrow();
    fixture.submit(new Command.ErasePerson(id, "asked for it"));
    fixture.people.keep(List.of(new SealedText(card, id, new byte[16], words)));

    fixture.restart();

    assertThat(fixture.state().text(card)).isEmpty();
  }

  @Test
  void aHoldIsPutAndLifted() {
    hold("hold-1", "lawsuit 17");
    assertThat(fixture.state().held(LegalHold.Subject.RUN, "run-1")).isTrue();
    assertThat(fixture.state().held(LegalHold.Subject.CONVERSATION, "run-1")).isFalse();

    fixture.submit(new Command.LiftHold("hold-1", "settled"));

    assertThat(fixture.state().held(LegalHold.Subject.RUN, "run-1")).isFalse();
    assertThat(fixture.control().stateAt(2).legalHolds()).hasSize(1);
    assertThatThrownBy(() -> fixture.submit(new Command.LiftHold("hold-1", "again")))
        .hasMessageContaining("no legal hold 'hold-1'");
    assertThatThrownBy(() -> hold("hold-2", " ")).hasMessage("a legal hold needs a reason");
    assertThatThrownBy(() ->
            fixture.submit(new Command.PlaceHold("hold-3", LegalHold.Subject.RUN, "", "lawsuit")))
        .hasMessage("a hold must name one run, conversation or incident by its id");
  }

  private void hold(String holdId, String reason) {
    fixture.submit(new Command.PlaceHold(holdId, LegalHold.Subject.RUN, "run-1", reason));
  }

  private Optional<String> reason(String holdId) {
    return fixture.state().text(fixture.state().legalHold(holdId).orElseThrow().reason());
  }
}
