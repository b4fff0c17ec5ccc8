// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.access.Actor;
import dev.steward.domain.resource.Person;

/// What people call whoever acted.
public final class ActorName {
  private ActorName() {}

  /// Such as `Dana Okafor`, `the token nightly-job` or `Steward`.
  public static String of(Actor actor, State state) {
    return switch (actor.kind()) {
      case "person" -> state.person(actor.id()).map(ActorName::of).orElse("somebody erased");
      case "token" ->
          state
              .apiTokenById(actor.id())
              .map(token -> token(token, state))
              .orElse("the token " + actor.id());
      case "system" -> "Steward";
      default ->
          actor.id().startsWith(actor.kind() + "-") ? actor.id() : actor.kind() + " " + actor.id();
    };
  }

  public static String of(Person person) {
    return person.displayName().isBlank() ? person.name() : person.displayName();
  }

  /// `Dana Okafor with the token laptop`, or `the token nightly-job` where it is nobody's.
  private static String token(ApiToken token, State state) {
    String words = "the token " + token.purpose();
    return token.holder().isEmpty()
        ? words
        : state.person(token.holder()).map(person -> of(person) + " with " + words).orElse(words);
  }
}
