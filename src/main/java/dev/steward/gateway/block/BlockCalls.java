// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.block;

import dev.steward.gateway.block.Blocks.Step;
import dev.steward.gateway.part.Part;
import dev.steward.gateway.ruling.CallStream;
import dev.steward.gateway.ruling.Judge;
import dev.steward.gateway.ruling.Proposed;
import dev.steward.gateway.ruling.Ruling;
import dev.steward.gateway.ruling.Tally;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tool calls in a dialect that tells one block after the other. From the beginning of a call to
/// its end everything waits, so that blocks stay in their order.
public final class BlockCalls implements CallStream {
  private final Blocks dialect;
  private final Judge judge;
  private final Tally tally = new Tally();
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final Map<String, CallBlock> open = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private long waitingBytes;

  public BlockCalls(Blocks dialect, Judge judge) {
    this.dialect = dialect;
    this.judge = judge;
  }

  /// What waits for its turn: a tool call, or another part.
  private record Entry(@Nullable CallBlock block, Part part) {}

  @Override
  public void take(Part part, ByteArrayOutputStream out) {
    switch (dialect.read(part)) {
      case Step.Begins(String key, String arguments, Proposed call) ->
          begin(key, new CallBlock(part, arguments, call));
      case Step.Adds(String key, String arguments) -> add(key, part, arguments);
      case Step.Ends(String key, Optional<Proposed> call) -> end(key, call, part);
      case Step.Finishes _ -> {
        judgeOpen();
        wait(null, part);
      }
      case Step.Alone _ -> out.writeBytes(part.raw());
      case Step.Fails _ -> {
        // Nobody may act on half a call.
        open.clear();
        waiting.clear();
        wait(null, part);
      }
      case Step.Stands _ -> wait(null, part);
    }
    if (waitingBytes > Proposed.HELD_BYTES_MAX) {
      open.values().forEach(this::judgeTooLong);
    }
    release(out);
  }

  private void add(String key, Part part, String arguments) {
    CallBlock block = open.get(key);
    if (block == null) {
      // What comes for a call that is over was not judged, so nobody gets it.
      if (!ended.contains(key)) {
        wait(null, part);
      }
    } else if (block.ruling() == null) {
      block.add(part, arguments);
      waitingBytes += part.raw().length;
    } else if (!(block.ruling() instanceof Ruling.HoldBack)) {
      wait(null, part);
    }
  }

  private void begin(String key, CallBlock block) {
    open.put(key, block);
    ended.remove(key);
    wait(block, block.parts().getFirst());
  }

  private void end(String key, Optional<Proposed> call, Part part) {
    if (call.isPresent() && !open.containsKey(key) && !ended.contains(key)) {
      // It never began: the end tells all of it.
      begin(key, new CallBlock(part, call.get().arguments(), call.get()));
    } else {
      add(key, part, "");
    }
    CallBlock block = open.remove(key);
    if (block != null) {
      call.ifPresent(block::ends);
      judge(block);
      ended.add(key);
    }
  }

  private void wait(@Nullable CallBlock block, Part part) {
    waiting.add(new Entry(block, part));
    waitingBytes += part.raw().length;
  }

  private void judge(CallBlock block) {
    if (block.ruling() == null) {
      block.ruled(tally.count(judge.judge(block.proposed())));
    }
  }

  private void judgeTooLong(CallBlock block) {
    if (block.ruling() == null) {
      block.ruled(tally.count(judge.judge(block.proposed().tooLong())));
    }
  }

  private void judgeOpen() {
    open.values().forEach(this::judge);
    ended.addAll(open.keySet());
    open.clear();
  }

  private void release(ByteArrayOutputStream out) {
    while (!waiting.isEmpty()) {
      CallBlock block = waiting.getFirst().block();
      Part part = waiting.getFirst().part();
      if (block == null) {
        dialect.write(part, tally, out);
      } else if (!released(block, out)) {
        return;
      }
      waiting.removeFirst();
    }
    waitingBytes = 0;
  }

  private boolean released(CallBlock block, ByteArrayOutputStream out) {
    switch (block.ruling()) {
      case null -> {
        return false;
      }
      case Ruling.Pass _ -> block.parts().forEach(part -> dialect.write(part, tally, out));
      case Ruling.Change(String arguments) -> dialect.changed(block, arguments, tally, out);
      case Ruling.HoldBack(String text) -> dialect.heldBack(block, text, out);
    }
    return true;
  }

  @Override
  public void end(ByteArrayOutputStream out) {
    judgeOpen();
    release(out);
  }
}
