// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.conversation;

import dev.steward.gateway.turn.Known;
import dev.steward.gateway.turn.Turn;
import dev.steward.gateway.turn.TurnReader;
import dev.steward.gateway.turn.Turns;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The conversations of one run: an agent alone has one, its sub-agents have their own. Finds the
/// one that a request goes on with.
public final class Conversations {
  /// The lowest level that is told from those below it.
  public static final int LEVEL_MAX = 32;

  private static final int CONVERSATIONS_MAX = 32;
  private static final int CALLS_MAX = 64;

  /// The one used last stands first.
  private final ArrayDeque<Conversation> all = new ArrayDeque<>();

  private final Map<String, Conversation> running = new LinkedHashMap<>();

  public Conversations() {}

  /// @param before those that were kept, the one used last first
  public Conversations(List<Conversation.Kept> before) {
    for (Conversation.Kept kept : before.subList(0, Math.min(CONVERSATIONS_MAX, before.size()))) {
      all.addLast(new Conversation(kept));
    }
  }

  /// What of them goes on when they are forgotten, the one used last first. Where nothing was
  /// handed on and nothing is waited for, one that is not known stands where it stood before.
  public List<Conversation.Kept> kept() {
    boolean plain = true;
    for (Conversation conversation : all) {
      plain &= conversation.level() == 0 && !conversation.awaits();
    }
    if (plain) {
      return List.of();
    }
    List<Conversation.Kept> kept = new ArrayList<>(all.size());
    for (Conversation conversation : all) {
      kept.add(conversation.kept());
    }
    return kept;
  }

  /// Where a request belongs.
  ///
  /// @param delegated whether it begins work that another conversation waits for
  public record Place(Conversation conversation, boolean delegated) {}

  /// Takes in what is asked.
  ///
  /// @param call one word for this request and its answer
  /// @param messages JSON, "" when there are none
  /// @param continues id of the answer, kept by the provider, that it goes on from; "" when the
  ///   messages are all there is
  public Place ask(String call, String messages, String continues) {
    Place place = continues.isEmpty() ? whole(messages) : continued(messages, continues);
    Conversation conversation = place.conversation();
    all.remove(conversation);
    all.addFirst(conversation);
    if (all.size() > CONVERSATIONS_MAX) {
      all.removeLast();
    }
    running.put(call, conversation);
    if (running.size() > CALLS_MAX) {
      Iterator<String> oldest = running.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return place;
  }

  /// Takes in what was answered.
  public void answer(String call, List<Turn> turns, String id) {
    Conversation conversation = running.remove(call);
    if (conversation != null) {
      conversation.answered(turns, id);
    }
  }

  /// The provider keeps what was said; all that the request holds was added.
  private Place continued(String messages, String continues) {
    List<Turn> added = TurnReader.read(messages);
    for (Conversation conversation : all) {
      if (conversation.goesOnFrom(continues)) {
        conversation.asked(added);
        return new Place(conversation, false);
      }
    }
    Conversation conversation = new Conversation(0);
    conversation.keptAs(continues);
    conversation.asked(added);
    return new Place(conversation, false);
  }

  private Place whole(String messages) {
    for (Conversation conversation : all) {
      String added = conversation.known().addedTo(messages);
      if (!added.isEmpty()) {
        Turns turns = Turns.of(TurnReader.read(added));
        if (turns.whole()) {
          conversation.known().grow(turns.from(0));
          conversation.known().learn(messages, true);
          conversation.asked(turns.from(0));
          return new Place(conversation, false);
        }
      }
    }
    Turns turns = Turns.of(TurnReader.read(messages));
    Place place = known(turns);
    place.conversation().known().learn(turns);
    place.conversation().known().learn(turns.whole() ? messages : "", false);
    return place;
  }

  private Place known(Turns turns) {
    Conversation best = best(turns, false);
    if (best != null) {
      best.asked(turns.from(best.known().prefix(turns)));
      return new Place(best, false);
    }
    best = best(turns, true);
    if (best != null) {
      int end = best.known().overlap(turns);
      // Cut at the front while the end looks as before: what was done last was done once more.
      best.asked(turns.from(end == turns.size() ? turns.lastDeed() : end));
      return new Place(best, false);
    }
    Place begun = begin(turns);
    begun.conversation().asked(turns.from(0));
    return begun;
  }

  private @Nullable Conversation best(Turns turns, boolean cut) {
    Conversation best = null;
    int most = 0;
    for (Conversation conversation : all) {
      Known known = conversation.known();
      int here = cut ? known.overlap(turns) : known.prefix(turns);
      if (here > most) {
        most = here;
        best = conversation;
      }
    }
    return best;
  }

  /// One that begins as a known one did is that one, put otherwise. Else it is the work of one that
  /// waits for a tool: the highest with a call in which nothing has begun yet.
  private Place begin(Turns turns) {
    Known beginning = new Known();
    beginning.learn(turns);
    Conversation parent = null;
    for (Conversation conversation : all) {
      if (beginning.first() != 0 && conversation.known().first() == beginning.first()) {
        return new Place(
            conversation.known().isRead() ? new Conversation(conversation.level()) : conversation,
            false);
      }
      if (conversation.awaits() && (parent == null || isBefore(conversation, parent))) {
        parent = conversation;
      }
    }
    if (parent == null) {
      return new Place(new Conversation(0), false);
    }
    parent.begins();
    int level = Math.min(parent.level() + 1, LEVEL_MAX);
    return new Place(new Conversation(level), true);
  }

  private static boolean isBefore(Conversation one, Conversation other) {
    return one.hasRoom() == other.hasRoom() ? one.level() < other.level() : one.hasRoom();
  }
}
