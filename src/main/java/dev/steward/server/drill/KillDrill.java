// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drill;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.drill.Drill;
import dev.steward.control.live.KillSwitch;
import dev.steward.control.live.Stopped;
import dev.steward.domain.Selector;
import dev.steward.server.drill.DrillClient.Told;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Opens streams, kills them, and measures from the command's receipt to their last bytes.
final class KillDrill {
  private static final Duration BEGIN_MAX = Duration.ofSeconds(30);
  private static final Duration END_MAX = Duration.ofSeconds(30);

  private final DrillProvider provider;
  private final DrillClient client;
  private final KillSwitch stops;
  private final Selector meant;
  private final String killId;
  private final Actor actor;
  private final Map<String, Long> figures = new TreeMap<>();

  KillDrill(
      DrillProvider provider,
      DrillClient client,
      KillSwitch stops,
      Selector meant,
      String killId,
      Actor actor) {
    this.provider = provider;
    this.client = client;
    this.stops = stops;
    this.meant = meant;
    this.killId = killId;
    this.actor = actor;
  }

  Held hold(int count) throws InterruptedException, IOException {
    figures.put("streams", (long) count);
    String fault = cut(count);
    return new Held(Drill.KILL_SWITCH, figures, fault);
  }

  private String cut(int count) throws InterruptedException, IOException {
    provider.from(DrillProvider.Mode.FALL_SILENT);
    CountDownLatch begun = new CountDownLatch(count);
    List<Wire> wires = List.of(Wire.values());
    List<OpenStream> streams = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      streams.add(new OpenStream(wires.get(i % wires.size()), client, begun));
    }
    if (!begun.await(BEGIN_MAX.toSeconds(), TimeUnit.SECONDS)) {
      return begun.getCount() + " streams did not begin within " + BEGIN_MAX.toSeconds() + " s";
    }
    for (OpenStream stream : streams) {
      if (!stream.fault().isEmpty()) {
        return "a stream could not be opened: " + stream.fault();
      }
    }
    try {
      return kill(streams);
    } finally {
      if (stops.find(killId).isPresent()) {
        stops.restore(new Command.Restore(killId, "the drill is over"), actor);
      }
    }
  }

  private String kill(List<OpenStream> streams) throws InterruptedException, IOException {
    long received = System.nanoTime();
    Stopped stopped = stops.kill(new Command.Kill(killId, meant, "a drill"), actor);
    figures.put("receiptToAnswerMicros", micros(received, System.nanoTime()));
    figures.put("cut", (long) stopped.cut());
    long deadline = received + END_MAX.toNanos();
    long[] took = new long[streams.size()];
    int wrong = 0;
    String first = "";
    for (int i = 0; i < took.length; i++) {
      String fault = streams.get(i).end(killId, deadline);
      wrong += fault.isEmpty() ? 0 : 1;
      first = first.isEmpty() ? fault : first;
      took[i] = micros(received, streams.get(i).endedNanos());
    }
    figures.put("streamsEndedWrongly", (long) wrong);
    if (wrong > 0) {
      return wrong + " of " + took.length + " streams did not end as they must; " + first;
    }
    Arrays.sort(took);
    figures.put("receiptToLastByteMedianMicros", took[took.length / 2]);
    figures.put("receiptToLastByteMaxMicros", took[took.length - 1]);
    provider.from(DrillProvider.Mode.ANSWER);
    Told refused = client.ask("chat");
    if (refused.status() != 403 || !refused.body().contains(killId)) {
      return "a new call was answered " + refused.status() + " while it was killed";
    }
    if (!stopped.written()) {
      return "the kill could not be written to the ledger: " + stopped.trouble();
    }
    return restored();
  }

  private String restored() throws InterruptedException, IOException {
    long begun = System.nanoTime();
    stops.restore(new Command.Restore(killId, "the drill is over"), actor);
    Told answered = client.ask("chat");
    figures.put("restoreToAnswerMicros", micros(begun, System.nanoTime()));
    return answered.status() == 200
        ? ""
        : "a new call was answered " + answered.status() + " after it was restored";
  }

  static long micros(long fromNanos, long toNanos) {
    return (toNanos - fromNanos) / 1_000;
  }
}
