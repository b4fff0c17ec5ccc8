// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// How much smaller the store is because a message is stored once: conversations of 50 turns that
/// go on side by side, against the same ones under attributes that nobody knows to be messages, so
/// that every span keeps its whole text.
final class Savings {
  /// Enough that the database's blocks of 256 KB, of which each table fills one in part, do not
  /// decide: with 100 conversations one block more or less is 7 % of the store.
  private static final int CONVERSATIONS = Bench.setting("BENCH_CONVERSATIONS", 300);

  private static final int TURNS = 50;
  private static final int CONVERSATIONS_IN_REQUEST = 10;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Path DATA = Path.of("bench", "target", "savings-data");

  void run(Result result) throws IOException, InterruptedException {
    long empty = size(0, 0, "gen_ai");
    result.put("factor_50_turns_500b", factor(CONVERSATIONS, 500, empty));
    result.put("factor_50_turns_4k", factor(CONVERSATIONS / 6, 4_096, empty));
  }

  private static double factor(int conversations, int bytes, long empty)
      throws IOException, InterruptedException {
    long once = size(conversations, bytes, "gen_ai") - empty;
    long inline = size(conversations, bytes, "unknown") - empty;
    return (double) inline / once;
  }

  /// Bytes of a store that holds the conversations.
  ///
  /// @param prefix of the attributes that hold the messages
  private static long size(int conversations, int bytes, String prefix)
      throws IOException, InterruptedException {
    Program.delete(DATA);
    try (StewardServer server = StewardServer.start(DATA);
        Sender sender = new Sender(server.traces(), "application/x-protobuf")) {
      server.awaitHistory(LIMIT);
      Talk talk = new Talk(new Random(7));
      List<StringBuilder> said = new ArrayList<>();
      for (int i = 0; i < conversations; i++) {
        said.add(new StringBuilder());
      }
      Instant begin = Instant.now().minusSeconds(600);
      for (int turn = 0; turn < TURNS; turn++) {
        List<WireSpan> spans = new ArrayList<>();
        for (int each = 0; each < conversations; each++) {
          StringBuilder all = said.get(each);
          all.append(all.isEmpty() ? "" : ",").append(talk.message("user", bytes));
          String answer = talk.message("assistant", bytes);
          Instant at = begin.plusSeconds(turn);
          spans.add(turn(each + 1L, turn + 1L, at, prefix, "[" + all + "]", "[" + answer + "]"));
          all.append(",").append(answer);
        }
        for (int from = 0; from < conversations; from += CONVERSATIONS_IN_REQUEST) {
          int to = Math.min(from + CONVERSATIONS_IN_REQUEST, conversations);
          sender.sendNow(Wire.otlp(spans.subList(from, to)));
        }
      }
      StewardServer.Counts counts = server.drained(LIMIT);
      if (counts.loaded() != (long) conversations * TURNS) {
        throw new IOException("not everything was loaded: " + counts);
      }
    }
    long size = Program.size(DATA.resolve("spans"));
    Program.delete(DATA);
    return size;
  }

  private static WireSpan turn(
      long conversation, long turn, Instant at, String prefix, String said, String answer) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("gen_ai.operation.name", "chat");
    attributes.put("gen_ai.provider.name", "openai");
    attributes.put("gen_ai.request.model", "gpt-5");
    attributes.put("gen_ai.conversation.id", "conversation-" + conversation);
    attributes.put("gen_ai.usage.input_tokens", 100 * turn);
    attributes.put("gen_ai.usage.output_tokens", 100L);
    attributes.put(prefix + ".input.messages", said);
    attributes.put(prefix + ".output.messages", answer);
    long start = at.getEpochSecond() * 1_000_000_000L;
    return new WireSpan(
        ByteBuffer.allocate(16).putLong(0x5A7E).putLong(conversation).array(),
        ByteBuffer.allocate(8).putLong((conversation << 16) + turn).array(),
        new byte[0],
        "chat gpt-5",
        "chatter",
        start,
        start + 1_000_000,
        attributes);
  }
}
