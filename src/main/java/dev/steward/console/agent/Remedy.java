// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.agent.Answer.Said;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.part.Mark;
import dev.steward.console.part.Mark.Tone;
import dev.steward.console.profile.AgentFacts;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.domain.Percent;
import dev.steward.domain.Selector;
import dev.steward.domain.resource.Agent;
import dev.steward.insight.finding.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How an agent is mended: where it was released, by taking the release back or killing it; in
/// development by applying the version before.
///
/// @param back the version declared before the current one, null where there is none
record Remedy(AgentFacts facts, Reader reader, @Nullable VersionRow back) {
  private static final String QUESTION = "How do I fix it?";

  Answer answer(int activeKeys, String owner, String mail) {
    Agent agent = facts.agent();
    if (agent == null) {
      return unregistered();
    }
    Set<String> released = new TreeSet<>(facts.state().environments(facts.name()).keySet());
    released.remove(Scopes.DEVELOPMENT);
    List<Said> said = new ArrayList<>();
    said.add(released.isEmpty() || back == null ? applied() : rolledBack(agent, released));
    said.add(killed());
    if (released.isEmpty()) {
      said.add(revoked(activeKeys));
    }
    said.add(
        mail.isEmpty()
            ? Said.plain("Its owner is " + owner + ".")
            : new Said("Its owner is " + owner + ", ", mail, "mailto:" + mail, "."));
    if (back == null) {
      return new Answer(QUESTION, new Mark(Tone.UNKNOWN, "No earlier version"), said, "", "");
    }
    return released.isEmpty()
        ? new Answer(
            QUESTION,
            new Mark(Tone.OK, "Go back to " + back.shown()),
            said,
            "steward get agent %s --at %d -o yaml | steward apply -f -"
                .formatted(ShellWord.of(facts.name()), back.sequence()),
            "Copy the command that goes back")
        : new Answer(
            QUESTION,
            new Mark(Tone.OK, "Roll its release back"),
            said,
            "steward release rollback %s --environment %s --preview"
                .formatted(ShellWord.of(facts.name()), ShellWord.of(where(released))),
            "Copy the command that tells what a rollback would change");
  }

  /// Where the page is about, else where most depends on it.
  private String where(Set<String> released) {
    String shown = facts.environment();
    if (shown != null && released.contains(shown)) {
      return shown;
    }
    return released.contains("production") ? "production" : released.iterator().next();
  }

  private Answer unregistered() {
    return new Answer(
        QUESTION,
        new Mark(Tone.UNKNOWN, "Register it first"),
        List.of(
            new Said(
                "Nobody is registered for it, so there is no owner to call and no version to go"
                    + " back to. ",
                "Register it",
                Answers.register(facts.name()),
                " first.")),
        "",
        "");
  }

  private Said rolledBack(Agent agent, Set<String> released) {
    String where = "It is in force in " + String.join(", ", released) + ": ";
    return reader.sees(agent, agent.environments().names())
        ? new Said(
            where,
            "roll its release back",
            "/releases/agents/" + Percent.encoded(facts.name()),
            ", and the version before has every call from the next one on.")
        : Said.plain(where + "whoever may deploy it there can roll its release back.");
  }

  private Said applied() {
    return back == null
        ? Said.plain(
            "It has one version only, so there is none to go back to: change it and apply it"
                + " anew.")
        : new Said(
            "Declared %s by %s. The command puts it in force in development, for new runs. "
                .formatted(back.declared().relative(), back.by()),
            "What differs",
            back.diffHref(),
            "");
  }

  private Said killed() {
    Selector itself = Selector.agent(facts.name());
    boolean may = reader.rights().may(Permission.STOP, Scopes.of(itself, facts.state()::team));
    return may
        ? new Said(
            "To stop it at once, ",
            "kill it",
            PageUrl.of("/stops").with("selector", itself.toString()).toString(),
            "; it works again when it is restored.")
        : Said.plain("An operator can kill it at once.");
  }

  private static Said revoked(int activeKeys) {
    return activeKeys == 0
        ? Said.plain("It has no active key to revoke.")
        : new Said(
            "To cut it off for good, ",
            activeKeys == 1 ? "revoke its key" : "revoke its " + activeKeys + " keys",
            "#keys",
            ".");
  }
}
