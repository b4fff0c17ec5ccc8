// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.access.Actor;

/// Which person it is that acts, so that nobody is two.
public final class PersonBehind {
  private PersonBehind() {}

  /// Id of the person who acts, "" for a program.
  public static String of(Actor actor, State state) {
    return switch (actor.kind()) {
      case "person" -> actor.id();
      case "token" -> state.apiTokenById(actor.id()).map(ApiToken::holder).orElse("");
      default -> "";
    };
  }

  /// Id of the person who acts; a token that is nobody's stands for whoever made it. "" where that
  /// is no person either.
  public static String orMaker(Actor actor, State state) {
    String person = of(actor, state);
    return person.isEmpty() && actor.kind().equals("token")
        ? state.apiTokenById(actor.id()).map(token -> of(token.issuedBy(), state)).orElse("")
        : person;
  }
}
