// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import java.util.List;

/// Omar and Olga, an agent `lookup` in canary and a budget of ten dollars a day that pays for it: a
/// larger one is a proposal of the one that the other accepts.
public final class TwoPeople {
  private final ControlFixture fixture;

  /// Those of a fixture that has them.
  public static TwoPeople of(ControlFixture fixture) {
    return new TwoPeople(fixture);
  }

  private TwoPeople(ControlFixture fixture) {
    this.fixture = fixture;
  }

  /// Declares all of it.
  public static TwoPeople begin(ControlFixture fixture) {
    TwoPeople people = new TwoPeople(fixture);
    fixture.apply(
        Yaml.documents(
            Yaml.DANA,
            person("omar"),
            person("olga"),
            Yaml.agent("lookup", "version: {code: {build: 1}}"),
            budget("10")));
    for (String to : List.of("staging", "canary")) {
      fixture.submit(new Command.StartRelease("to-" + to, "lookup", to, "", "first"));
    }
    return people;
  }

  public Actor who(String name) {
    return Actor.person(fixture.state().person(name + "@example.com").orElseThrow().id());
  }

  /// Omar proposes another limit.
  ///
  /// @return id of the proposal
  public String propose(String limit) {
    Command wider = new Command.ApplyResources(ControlFixture.read(budget(limit)).declarations());
    return fixture.control().submit(wider, who("omar")).plan().proposed().orElseThrow().id();
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

  private static String budget(String limit) {
    return """
    apiVersion: steward/v1
    kind: Budget
    metadata: {name: all}
    spec: {window: day, limit: {cost: %s, currency: USD}}
    """
        .formatted(limit);
  }
}
