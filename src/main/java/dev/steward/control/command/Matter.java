// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Actor;
import dev.steward.control.access.Authority;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.field.Names;
import dev.steward.control.gate.Proving;
import dev.steward.control.shelf.SealedText;
import dev.steward.control.state.State;
import dev.steward.control.yaml.Nearest;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/// One command under decision: what it is decided on, and what it has come to so far.
record Matter(
    State state,
    Authority authority,
    Actor actor,
    Instant now,
    RandomGenerator random,
    Proving proving,
    Decided decided) {

  private static final int REASON_CHARACTERS_MAX = 4096;
  private static final int WORDS_MAX = 2_000;

  static Matter of(State state, Actor actor, Instant now, RandomGenerator random, Proving proving) {
    return new Matter(
        state, state.authority(actor, now), actor, now, random, proving, new Decided());
  }

  /// @param does what nobody else may do, such as `judges canaries`
  /// @throws ApiException FORBIDDEN when it is not the server itself
  void needServer(String does) {
    if (!actor.equals(Actor.SYSTEM)) {
      throw new ApiException(ErrorCode.FORBIDDEN, "only the server " + does);
    }
  }

  /// @throws ApiException FORBIDDEN when the actor may not
  void need(Permission permission, Target target) {
    if (!authority.may(permission, target)) {
      throw forbidden(permission);
    }
  }

  void needAnywhere(Permission permission) {
    if (!authority.mayAnywhere(permission)) {
      throw forbidden(permission);
    }
  }

  /// Puts a reason beside the ledger and gives what stands for it in the ledger.
  Digest seal(String reason) {
    SealedText sealed = SealedText.seal("", reason, random);
    decided.add(sealed);
    return sealed.commitment();
  }

  /// Puts a text whole beside the events and gives its digest, by which an event names it.
  Digest keep(String text) {
    Digest digest = Digest.of(text);
    decided.add(digest, text.getBytes(StandardCharsets.UTF_8));
    return digest;
  }

  /// As much of a text as an event may hold.
  static String shortened(String text) {
    return text.length() <= WORDS_MAX ? text : text.substring(0, WORDS_MAX) + "...";
  }

  /// Refuses a deed without a reason, or with one that is too long.
  ///
  /// @param what the deed, such as `a kill`
  static void checkReason(String reason, String what) {
    if (reason.isBlank()) {
      throw new ApiException(ErrorCode.INVALID, what + " needs a reason; say why");
    }
    if (reason.length() > REASON_CHARACTERS_MAX) {
      throw new ApiException(
          ErrorCode.TOO_LARGE, "a reason holds at most " + REASON_CHARACTERS_MAX + " characters");
    }
  }

  void checkName(String field, String name) {
    Names.refuse(name)
        .ifPresent(reason -> {
          throw new ApiException(ErrorCode.INVALID, field + ": " + reason);
        });
  }

  List<String> names(String kind) {
    return state.all(kind).stream().map(Resource::name).toList();
  }

  ApiException notFound(String what, String name, List<String> known) {
    return new ApiException(
        ErrorCode.NOT_FOUND, "no " + what + " '" + name + "'." + Nearest.hint(name, known));
  }

  private static ApiException forbidden(Permission permission) {
    return new ApiException(
        ErrorCode.FORBIDDEN,
        "this needs the permission " + permission + " there; ask an admin for a role that has it");
  }
}
