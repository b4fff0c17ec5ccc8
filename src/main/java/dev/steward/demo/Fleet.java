// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/// The demo's scripted agents: they play a history of many days in a few seconds and then go on
/// live.
public final class Fleet implements AutoCloseable {
  /// Where the demo's agents live: no release has put them anywhere else yet.
  public static final String ENVIRONMENT = "development";

  private static final Duration DAY = Duration.ofDays(1);

  /// One second of the live fleet stands for this many of an agent's working day.
  private static final int LIVE_SPEED = 60;

  private final List<Player> players;
  private final Instant start;
  private final int days;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicBoolean stopped = new AtomicBoolean();

  private record Player(Role role, Stage stage) {}

  /// @param home where the server listens
  /// @param keys the key of each registered agent
  /// @param now the moment at which the history ends
  public Fleet(java.net.URI home, Map<String, String> keys, Instant now, int days, long seed) {
    SplittableRandom dice = new SplittableRandom(seed);
    this.days = days;
    this.start = now.minus(DAY.multipliedBy(days));
    this.players =
        cast().stream()
            .map(role ->
                new Player(
                    role,
                    new Stage(
                        home,
                        role.agent(),
                        keys.getOrDefault(role.agent(), ""),
                        ENVIRONMENT,
                        dice.split())))
            .toList();
  }

  static List<Role> cast() {
    return List.of(new Support(), new Research(), new Coding(), new Claims(), new Pricing());
  }

  /// The agents that the manifests register and that need a key.
  public static List<String> registeredAgents() {
    return cast().stream().filter(Role::registered).map(Role::agent).toList();
  }

  /// Plays the whole history, each agent on a thread of its own, and returns when it is sent.
  public void playHistory() throws InterruptedException {
    List<Thread> playing = new ArrayList<>();
    for (Player player : players) {
      playing.add(
          Thread.ofVirtual()
              .name("history-" + player.role().agent())
              .start(() -> interruptibly(() -> playDays(player))));
    }
    for (Thread thread : playing) {
      thread.join();
    }
  }

  /// Lets every agent go on in real time until closed.
  public void goLive() {
    for (Player player : players) {
      threads.add(
          Thread.ofVirtual()
              .name("live-" + player.role().agent())
              .start(() -> interruptibly(() -> playLive(player))));
    }
  }

  /// How many runs were played so far.
  public long runsPlayed() {
    return players.stream().mapToLong(player -> player.stage().runsPlayed()).sum();
  }

  private void playDays(Player player) throws InterruptedException {
    int run = 0;
    for (int day = 0; day < days; day++) {
      Instant morning = start.plus(DAY.multipliedBy(day));
      for (Instant at : startsOf(player.role(), morning, player.stage().dice())) {
        player
            .role()
            .play(player.stage(), new Timeline.Simulated(at), new Role.StoryNumber(day, run++));
        if (run % 40 == 0) {
          player.stage().flush();
        }
      }
    }
    player.stage().flush();
  }

  /// The starts of one day's runs, more of them in the middle of the day than at its ends.
  private static List<Instant> startsOf(Role role, Instant morning, RandomGenerator dice) {
    return java.util.stream.IntStream.range(0, role.runsPerDay())
        .mapToObj(i -> (dice.nextDouble() + dice.nextDouble()) / 2)
        .sorted()
        .map(part -> morning.plusMillis((long) (part * (DAY.toMillis() - 600_000))))
        .toList();
  }

  private void playLive(Player player) throws InterruptedException {
    int run = days * player.role().runsPerDay();
    long pauseMillis = DAY.toMillis() / player.role().runsPerDay() / LIVE_SPEED;
    while (!stopped.get()) {
      Thread.sleep((long) (pauseMillis * (0.2 + 1.6 * player.stage().dice().nextDouble())));
      player.role().play(player.stage(), new Timeline.Live(), new Role.StoryNumber(days, run++));
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
    threads.forEach(Thread::interrupt);
    players.forEach(player -> player.stage().close());
  }
}
