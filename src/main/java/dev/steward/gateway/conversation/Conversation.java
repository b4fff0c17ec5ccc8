// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.conversation;

import dev.steward.domain.LoopRule;
import dev.steward.gateway.turn.Fingerprint;
import dev.steward.gateway.turn.Known;
import dev.steward.gateway.turn.Turn;
import dev.steward.gateway.turn.Turn.Call;
import dev.steward.gateway.turn.Turn.Result;
import dev.steward.gateway.turn.Turn.Role;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One thread of messages within a run: how much of it is known, and what repeats in it. A request
/// tells the whole conversation again; only what was added is looked at.
public final class Conversation {
  private static final int AWAITED_MAX = 64;

  /// Longer ids of answers are not kept.
  private static final int ID_CHARACTERS_MAX = 96;

  private final Known known;
  private final Repetition repetition = new Repetition();

  /// Calls that the model asked for and whose answers were not seen, by id.
  private final Map<String, Call> awaited = new LinkedHashMap<>();

  private final EnumSet<LoopRule> told = EnumSet.noneOf(LoopRule.class);
  private final int level;
  private String answerId = "";
  private String keptAs = "";
  private long sameRequest;
  private int begun;

  /// Calls that it waited for when it was last kept.
  private int awaitedBefore;

  /// What goes on of a conversation when it was forgotten: where it stands among those of its run,
  /// and by what it is found again.
  ///
  /// @param first fingerprint of what it began with, 0 when the provider keeps that
  /// @param id of its last answer, "" when there is none
  /// @param level 0 for the run's own conversation, 1 for what it delegates, and so on
  /// @param awaited calls whose answers were not seen
  /// @param begun conversations that began in them
  public record Kept(long first, String id, int level, int awaited, int begun) {}

  /// @param level 0 for the run's own conversation, 1 for what it delegates, and so on
  public Conversation(int level) {
    this.known = new Known();
    this.level = level;
  }

  Conversation(Kept before) {
    known = new Known(before.first());
    level = before.level();
    answerId = before.id();
    awaitedBefore = before.awaited();
    begun = before.begun();
  }

  Kept kept() {
    String id = answerId.length() > ID_CHARACTERS_MAX ? "" : answerId;
    return new Kept(known.first(), id, level, awaited.size() + awaitedBefore, begun);
  }

  public int level() {
    return level;
  }

  Known known() {
    return known;
  }

  /// Rules whose loops in this conversation were told and are not over.
  public EnumSet<LoopRule> told() {
    return told;
  }

  boolean awaits() {
    return awaited.size() + awaitedBefore > 0;
  }

  /// Whether it waits for a call in which no other conversation has begun yet.
  boolean hasRoom() {
    return awaited.size() + awaitedBefore > begun;
  }

  /// Another conversation has begun in one of the calls that this one waits for.
  void begins() {
    begun++;
  }

  /// Whether the provider keeps what was said before, and this request goes on from there.
  ///
  /// @param id of the last answer, or of the conversation as the provider keeps it
  boolean goesOnFrom(String id) {
    return !id.isEmpty() && (id.equals(answerId) || id.equals(keptAs));
  }

  void keptAs(String id) {
    keptAs = id;
  }

  public List<Found> found() {
    List<Found> found = repetition.found();
    long same = sameRequest;
    found.add(
        new Found(
            LoopRule.SAME_REQUEST,
            same,
            () -> "sent the very same request %d times in a row".formatted(same)));
    return found;
  }

  /// A tool was called and has answered, as the gateway itself saw it.
  public void used(String tool, long arguments, long answer) {
    OpenExchange exchange = new OpenExchange();
    exchange.does(new Call("", tool, arguments));
    exchange.gets(new Result("", answer));
    exchange.close().ifPresent(repetition::add);
  }

  void asked(List<Turn> added) {
    sameRequest = added.isEmpty() ? sameRequest + 1 : 1;
    // It goes on when it has all answers.
    awaitedBefore = 0;
    OpenExchange open = new OpenExchange();
    for (Turn turn : added) {
      if (turn.role() == Role.ASSISTANT) {
        if (open.answered()) {
          open.close().ifPresent(repetition::add);
          open = new OpenExchange();
        }
        open.does(turn);
      } else if (turn.role() != Role.SYSTEM) {
        hear(open, turn);
      }
    }
    open.close().ifPresent(repetition::add);
  }

  private void hear(OpenExchange open, Turn turn) {
    for (Result result : turn.results()) {
      Call call = awaited.remove(result.id());
      if (call != null) {
        open.does(call);
      }
      open.gets(result);
    }
    if (turn.results().isEmpty() && turn.words() != Fingerprint.NONE) {
      open.hears(turn.words());
    }
  }

  void answered(List<Turn> turns, String id) {
    answerId = id;
    awaited.clear();
    begun = 0;
    for (Turn turn : turns) {
      for (Call call : turn.calls()) {
        if (awaited.size() < AWAITED_MAX) {
          awaited.put(call.id(), call);
        }
      }
    }
  }
}
