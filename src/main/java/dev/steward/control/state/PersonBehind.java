// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.access.Actor;
import java.util.Optional;

/// Which person it is that acts, so that nobody is two.
public final class PersonBehind {
  private static final int ISSUERS_MAX = 20;

  private PersonBehind() {}

  /// Id of the person who acts, "" for a program.
  public static String of(Actor actor, State state) {
    return switch (actor.kind()) {
      case "person" -> actor.id();
      case "token" -> state.apiTokenById(actor.id()).map(ApiToken::holder).orElse("");
      default -> "";
    };
  }

  /// Id of the person who acts; a token that is nobody's stands for whoever made it, or made the
  /// token that made it. "" where that is no person either.
  public static String orMaker(Actor actor, State state) {
    Actor asked = actor;
    for (int i = 0; i < ISSUERS_MAX; i++) {
      String person = of(asked, state);
      Optional<ApiToken> token =
          asked.kind().equals("token") ? state.apiTokenById(asked.id()) : Optional.empty();
      if (!person.isEmpty() || token.isEmpty()) {
        return person;
      }
      asked = token.get().issuedBy();
    }
    return "";
  }
}
