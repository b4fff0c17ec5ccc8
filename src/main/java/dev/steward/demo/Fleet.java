// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import dev.steward.demo.talk.Curtain;
import dev.steward.demo.talk.ModelClient;
import dev.steward.demo.talk.Prompter;
import dev.steward.demo.talk.RefusedException;
import dev.steward.demo.tool.Hands;
import dev.steward.demo.tool.ToolClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The demo's scripted agents: they tell a history of many days in a few seconds, and work live
/// beside it, asking their models through the gateway.
public final class Fleet implements AutoCloseable {
  /// Where most of the demo's agents live: no release has put them anywhere else.
  public static final String ENVIRONMENT = "development";

  private static final Duration DAY = Duration.ofDays(1);

  /// One second of the live fleet stands for this many of an agent's working day.
  private static final int LIVE_SPEED = 120;

  /// How long runs may take to come to their end once the curtain has fallen.
  private static final Duration LEAVE_WITHIN = Duration.ofSeconds(10);

  /// Agents that others hand work to, and that have no stories of their own.
  private static final List<String> SUB_AGENTS = List.of("fact-check");

  private final List<Player> players;
  private final Instant start;
  private final int days;
  private final Curtain curtain;
  private final ModelClient models;
  private final ToolClient tools;
  private final GatewayMind.Counts counts = new GatewayMind.Counts();
  private final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean stopped = new AtomicBoolean();

  /// An agent, where it tells its history, and the seed of what it does live.
  private record Player(Role role, Stage history, long seed, LiveStage live) {}

  /// Sets the stage of one live run.
  @FunctionalInterface
  private interface LiveStage {
    Stage stage(RandomGenerator dice);
  }

  /// Where a server listens.
  ///
  /// @param gateway of models and tools
  public record Home(URI otlp, URI gateway) {}

  /// What the fleet plays: from which moment back, how many days, from which seed.
  ///
  /// @param now the moment at which the history ends
  public record Script(Instant now, int days, long seed) {}

  /// @param keys the key of each registered agent
  /// @param prompter of the models that the gateway asks
  public Fleet(
      Home home,
      Map<String, String> keys,
      Script script,
      Prompter prompter,
      Operator operator,
      Curtain curtain) {
    SplittableRandom dice = new SplittableRandom(script.seed());
    this.days = script.days();
    this.start = script.now().minus(DAY.multipliedBy(days));
    this.curtain = curtain;
    this.models = new ModelClient(home.gateway());
    this.tools = new ToolClient(home.gateway());
    List<Stage> stages = new ArrayList<>();
    for (Role role : cast()) {
      String key = keys.getOrDefault(role.agent(), "");
      stages.add(new Stage(home.otlp(), role.agent(), key, role.environment(), dice.split()));
    }
    List<Player> all = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      Role role = cast().get(i);
      Stage stage = stages.get(i);
      LiveStage live =
          role.registered()
              ? own -> {
                GatewayMind mind = new GatewayMind(models, prompter, keys, role, own, counts);
                Hands hands = new Hands(tools, keys.getOrDefault(role.agent(), ""));
                return stage.beside(own, mind, operator, Optional.of(hands));
              }
              : own -> stage.beside(own, new ScriptMind(own), operator, Optional.empty());
      all.add(new Player(role, stage, dice.nextLong(), live));
    }
    players = List.copyOf(all);
  }

  static List<Role> cast() {
    return List.of(
        new Support(), new Research(), new Coding(), new Claims(), new Pricing(), new Refunds());
  }

  /// The agents that the manifests register and that need a key.
  public static List<String> registeredAgents() {
    Stream<String> own = cast().stream().filter(Role::registered).map(Role::agent);
    return Stream.concat(own, SUB_AGENTS.stream()).toList();
  }

  /// Where a registered agent lives.
  public static String environmentOf(String agent) {
    return agent.equals(Refunds.AGENT) ? Refunds.ENVIRONMENT : ENVIRONMENT;
  }

  /// Tells the whole history, each agent on a thread of its own, and returns when it is sent.
  public void playHistory() throws InterruptedException {
    List<Thread> playing = new ArrayList<>();
    for (Player player : players) {
      if (!player.role().remembers()) {
        continue;
      }
      playing.add(
          Thread.ofVirtual()
              .name("history-" + player.role().agent())
              .start(() -> interruptibly(() -> playDays(player))));
    }
    for (Thread thread : playing) {
      thread.join();
    }
  }

  /// Lets every agent work in real time until closed: its opening stories at once, and then one run
  /// after the other.
  public void goLive() {
    for (Player player : players) {
      List<Integer> opening = player.role().opening(days * player.role().runsPerDay());
      for (int run : opening) {
        begin(player, () -> playLive(player, run, true));
      }
      begin(player, () -> goOn(player, Collections.max(opening) + 1));
    }
  }

  private void begin(Player player, Interruptible work) {
    threads.add(
        Thread.ofVirtual().name("live-" + player.role().agent()).start(() -> interruptibly(work)));
  }

  /// How many runs were played so far.
  public long runsPlayed() {
    return players.stream().mapToLong(player -> player.history().runsPlayed()).sum();
  }

  /// How many model calls the agents made through the gateway so far.
  public long modelCalls() {
    return counts.calls();
  }

  /// How many of them were given no answer.
  public long callsRefused() {
    return counts.refused();
  }

  private void playDays(Player player) throws InterruptedException {
    int run = 0;
    for (int day = 0; day < days && !stopped.get(); day++) {
      Instant morning = start.plus(DAY.multipliedBy(day));
      for (Instant at : startsOf(player.role(), morning, player.history().dice())) {
        player
            .role()
            .play(player.history(), new Timeline.Simulated(at), new Role.StoryNumber(day, run++));
        if (run % 40 == 0) {
          player.history().flush();
        }
      }
    }
    player.history().flush();
  }

  /// The starts of one day's runs, more of them in the middle of the day than at its ends.
  private static List<Instant> startsOf(Role role, Instant morning, RandomGenerator dice) {
    return java.util.stream.IntStream.range(0, role.toldPerDay())
        .mapToObj(i -> (dice.nextDouble() + dice.nextDouble()) / 2)
        .sorted()
        .map(part -> morning.plusMillis((long) (part * (DAY.toMillis() - 600_000))))
        .toList();
  }

  private void goOn(Player player, int first) throws InterruptedException {
    SplittableRandom dice = new SplittableRandom(first);
    int run = first;
    long pauseMillis = DAY.toMillis() / player.role().runsPerDay() / LIVE_SPEED;
    while (!stopped.get()) {
      curtain.of(Duration.ofMillis((long) (pauseMillis * (0.2 + 1.6 * dice.nextDouble()))));
      if (!stopped.get()) {
        playLive(player, run++, false);
      }
    }
  }

  /// What a run meets depends on its number only, not on what is played beside it.
  private void playLive(Player player, int run, boolean opening) throws InterruptedException {
    Stage stage = player.live().stage(new SplittableRandom(player.seed() + run));
    try {
      player
          .role()
          .play(stage, new Timeline.Live(curtain), new Role.StoryNumber(days, run, opening));
    } catch (RefusedException _) {
      // The run is over, and its spans say why.
    }
  }

  private interface Interruptible {
    void run() throws InterruptedException;
  }

  private static void interruptibly(Interruptible work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopped.set(true);
    curtain.fall();
    // Who waits for a person does not wait any longer.
    tools.close();
    try {
      Instant last = Instant.now().plus(LEAVE_WITHIN);
      for (Thread thread : threads) {
        Duration left = Duration.between(Instant.now(), last);
        boolean _ = thread.join(left.isNegative() ? Duration.ZERO : left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.forEach(Thread::interrupt);
    players.forEach(player -> player.history().close());
    models.close();
  }
}
