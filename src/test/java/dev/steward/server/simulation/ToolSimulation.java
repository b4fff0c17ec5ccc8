// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.gateway.tool.ToolEnding;
import dev.steward.gateway.tool.ToolSend;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Refusal;
import dev.steward.ledger.Growth;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.LedgerConfig;
import dev.steward.ledger.note.SigningKey;
import dev.steward.server.log.EffectLedger;
import dev.steward.server.simulation.Fate.Moment;
import dev.steward.server.simulation.Rulebook.Answer;
import dev.steward.store.sqlite.SqliteLedgerStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A clerk, its bank, people and operators, and the gateway between them, which dies and comes
/// back. It keeps count of everything itself, and checks the gateway at the only place that counts:
/// where a call reaches the bank.
final class ToolSimulation implements AutoCloseable {
  private static final List<Rulebook> RULEBOOKS = List.copyOf(EnumSet.allOf(Rulebook.class));
  private static final int STEPS = 60;
  private static final BigDecimal PRICE = new BigDecimal("0.50");
  private static final BigDecimal LIMIT = new BigDecimal("1.50");
  private static final List<Integer> AMOUNTS = List.of(5, 20, 60, 150);
  private static final SigningKey KEY =
      SigningKey.generate("steward.test/activity", new SecureRandom());
  private static final String RESOURCES =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec: {displayName: Dana Smith, grants: [{role: operator}]}
      ---
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: bank}
      spec:
        owner: dana@example.com
        url: http://127.0.0.1:9/mcp
        tools:
          - {name: balance, effect: read, inputSchema: {type: object}}
          - name: pay
            effect: money
            price: {amount: 0.50, currency: USD}
            inputSchema: {type: object, properties: {amount: {type: number}}, required: [amount]}
          - {name: wipe, effect: delete, inputSchema: {type: object}}
      ---
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: clerk}
      spec:
        owner: dana@example.com
        purpose: Pays bills.
        risk: high
        version: {tools: [{server: bank, tools: [balance, pay, wipe]}]}
      ---
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: clerk}
      spec: {scope: {agent: clerk}, window: month, limit: {cost: 1.50, currency: USD}}
      """;

  private final Random random;
  private final Random ids;
  private final Path folder;
  private final Tally tally;
  private final ControlFixture control;
  private final SqliteLedgerStore store;
  private final Ledger ledger;
  private final EffectLedger activity;
  private final Growth controlGrowth = new Growth();
  private final Growth activityGrowth = new Growth();
  private final Map<String, Wish> wishes = new TreeMap<>();
  private final Set<String> sent = new HashSet<>();
  private final Set<String> left = new HashSet<>();
  private GatewayProcess process;
  private Rulebook rules = Rulebook.BY_AMOUNT;
  private String kill = "";
  private BigDecimal spent = BigDecimal.ZERO;
  private boolean journalFull;
  private boolean restoring;
  private int approvals;
  private int kills;

  ToolSimulation(long seed, Path folder, Tally tally) {
    this.random = new Random(seed);
    this.ids = new Random(seed + 1);
    this.folder = folder;
    this.tally = tally;
    control = new ControlFixture(folder);
    control.apply(RESOURCES);
    control.apply(rules.yaml());
    control.submit(
        new Command.IssueAgentKey("key-1", Digest.of("key"), "clerk", "development", ""));
    store = SqliteLedgerStore.open(folder.resolve("activity.db"));
    ledger = Ledger.open(store, KEY, control::now, LedgerConfig.DEFAULT);
    activity = new EffectLedger(ledger, control::now);
    process = start();
  }

  void run() {
    for (int step = 0; step < STEPS; step++) {
      if (!kill.isEmpty() && random.nextInt(4) == 0) {
        killOrRestore();
      }
      switch (random.nextInt(14)) {
        case 0 -> restart();
        case 1 -> pass(random.nextInt(2_000));
        case 2 -> rule();
        case 3 -> killOrRestore();
        case 4, 5, 6 -> answer();
        default -> call();
      }
    }
    restart();
    everyIntentHasOneOutcome();
  }

  private GatewayProcess start() {
    Moment[] moments = Moment.values();
    Moment moment = random.nextInt(2) == 0 ? Moment.NEVER : moments[random.nextInt(moments.length)];
    return new GatewayProcess(
        folder,
        control,
        activity,
        _ -> definitions(),
        ids,
        () -> "a-%04d".formatted(++approvals),
        new Fate(moment, random.nextInt(3)));
  }

  private void restart() {
    process.end();
    control.restart();
    controlGrowth.look(control.ledger);
    activityGrowth.look(ledger);
    assertThat(control.replayed(control.state().sequence()))
        .as("StateEqualsReplay")
        .isEqualTo(control.state());
    int unknown = activity.settle(ledger.size());
    assertThat(unknown).isEqualTo(left.size());
    Set<String> shown = new HashSet<>();
    activity.list().forEach(each -> shown.add(each.call()));
    assertThat(shown).as("what a person is shown").containsAll(left);
    left.clear();
    tally.restarts++;
    process = start();
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      control.now();
    }
  }

  private void rule() {
    rules = RULEBOOKS.get(random.nextInt(RULEBOOKS.size()));
    control.apply(rules.yaml());
  }

  private void killOrRestore() {
    if (kill.isEmpty()) {
      kill = "kill-" + ++kills;
      process.kill(kill);
      restoring = false;
    } else if (!restoring) {
      // One person alone only proposes it: the clerk stays killed.
      process.restore(kill, Actor.SYSTEM);
      restoring = true;
    } else {
      process.restore(kill, Actor.person("dana@example.com"));
      kill = "";
    }
  }

  private void answer() {
    List<String> open = new ArrayList<>();
    wishes.forEach((id, wish) -> {
      if (wish.agreed().isEmpty()) {
        open.add(id);
      }
    });
    if (open.isEmpty()) {
      return;
    }
    String id = open.get(random.nextInt(open.size()));
    boolean yes = random.nextInt(5) > 0;
    boolean edits = yes && random.nextInt(3) == 0 && wish(id).tool().equals("pay");
    String arguments = edits ? arguments("pay", amount()) : wish(id).asked();
    try {
      control
          .control()
          .submit(
              new Command.AnswerApproval(
                  id,
                  yes,
                  "",
                  edits ? Optional.of(arguments) : Optional.empty(),
                  Optional.empty(),
                  Optional.empty()),
              Actor.SYSTEM);
      if (yes) {
        wishes.put(id, wish(id).agreedTo(arguments));
        tally.agreed++;
      }
    } catch (ApiException e) {
      tally.tooLate++;
    }
  }

  private void call() {
    String run = "run-" + random.nextInt(2);
    String tool = List.of("balance", "pay", "pay", "pay", "wipe").get(random.nextInt(5));
    int amount = amount();
    String asked = arguments(tool, amount);
    Optional<String> agreed = agreedWish();
    if (agreed.isPresent() && random.nextInt(3) > 0) {
      run = wish(agreed.get()).run();
      tool = wish(agreed.get()).tool();
      asked = wish(agreed.get()).asked();
    }
    call(run, tool, asked);
  }

  private void call(String run, String tool, String asked) {
    journalFull = random.nextInt(15) == 0;
    process.journalFull(journalFull);
    int kept = process.records();
    int reached = sent.size();
    try {
      ToolSend bank = bank(run, tool, asked);
      ToolEnding ending = process.call(run, tool, (ObjectNode) CanonicalJson.read(asked), bank);
      assertThat(process.records()).as("NoCallWithoutRecord").isEqualTo(kept + 1);
      assertThat(sent.size() - reached).as("calls of the bank").isLessThanOrEqualTo(1);
      ended(run, tool, asked, ending);
    } catch (Fate.Death e) {
      tally.deaths++;
      learnLeft();
      restart();
    }
  }

  private void ended(String run, String tool, String asked, ToolEnding ending) {
    switch (ending) {
      case ToolEnding.Pending pending ->
          wishes.putIfAbsent(pending.approval(), new Wish(run, tool, asked, "", false));
      case ToolEnding.Refused(Refusal.Kind kind, String _) ->
          tally.refused.merge(kind, 1, Integer::sum);
      case ToolEnding.Answered _, ToolEnding.Begun _ -> tally.answered++;
      case ToolEnding.NoSuchTool _, ToolEnding.Failed _, ToolEnding.Unreached _ -> tally.other++;
    }
  }

  /// The bank, where everything must hold that was promised.
  private ToolSend bank(String run, String tool, String asked) {
    int answer = random.nextInt(8);
    return sending -> {
      String call = sending.traceparent().split("-", -1)[2];
      String arguments = CanonicalJson.text(sending.arguments());
      assertThat(sent.add(call)).as("a call is sent once").isTrue();
      assertThat(process.dead()).as("the dead do not call").isFalse();
      assertThat(journalFull).as("NoCallWithoutRecord").isFalse();
      assertThat(kill).as("KilledStaysKilled").isEmpty();
      assertThat(rules.of(tool, amountOf(arguments)))
          .as("NoForwardAfterDeny")
          .isNotEqualTo(Answer.DENY);
      if (!tool.equals("balance")) {
        JsonNode intent = CanonicalJson.read(ledger.entry(ledger.size() - 1));
        intended(intent, call, tool, arguments);
        agreed(intent.path("approval").asString(""), run, tool, asked, arguments);
      }
      if (tool.equals("pay")) {
        spent = spent.add(PRICE);
        assertThat(spent).as("BudgetNeverExceeded").isLessThanOrEqualTo(LIMIT);
        tally.paid++;
      }
      process.reaches(Moment.AFTER_EFFECT);
      return switch (answer) {
        case 0 -> throw new ToolServerException(new Reason.Unknown("late", true));
        case 1 -> throw new ToolServerException(new Reason.Refused(CanonicalJson.object(), "no"));
        default -> (ObjectNode) CanonicalJson.read("{\"content\":[],\"n\":" + sent.size() + "}");
      };
    };
  }

  private static void intended(JsonNode intent, String call, String tool, String arguments) {
    assertThat(intent.path("kind").asString("")).as("NoSideEffectBeforeIntent").isEqualTo("intent");
    assertThat(intent.path("call").asString("")).isEqualTo(call);
    assertThat(intent.path("tool").asString("")).isEqualTo(tool);
    assertThat(intent.path("arguments").asString("")).isEqualTo(Digest.of(arguments).hex());
  }

  private void agreed(String approval, String run, String tool, String asked, String arguments) {
    if (approval.isEmpty()) {
      assertThat(rules.of(tool, amountOf(asked)))
          .as("people need not agree")
          .isEqualTo(Answer.ALLOW);
      assertThat(arguments).isEqualTo(asked);
      return;
    }
    Wish wish = wish(approval);
    assertThat(wish.used()).as("ApprovalUsedOnce").isFalse();
    assertThat(List.of(wish.run(), wish.tool(), wish.asked(), wish.agreed()))
        .as("ApprovalBindsArguments")
        .isEqualTo(List.of(run, tool, asked, arguments));
    wishes.put(approval, wish.spent());
    tally.approvalsUsed++;
  }

  /// After a death: the last intent, if nothing came after it, is one whose outcome nobody knows.
  private void learnLeft() {
    if (ledger.size() > 0) {
      JsonNode last = CanonicalJson.read(ledger.entry(ledger.size() - 1));
      if (last.path("kind").asString("").equals("intent")) {
        left.add(last.path("call").asString(""));
        tally.unknown++;
      }
    }
  }

  private void everyIntentHasOneOutcome() {
    Map<String, Integer> outcomes = new TreeMap<>();
    for (byte[] entry : ledger.read(0, (int) ledger.size())) {
      JsonNode json = CanonicalJson.read(entry);
      String call = json.path("call").asString("");
      switch (json.path("kind").asString("")) {
        case "intent" -> assertThat(outcomes.put(call, 0)).as("one intent a call").isNull();
        case "outcome" -> outcomes.merge(call, 1, Integer::sum);
        default -> {
          // That a start has settled what was left.
        }
      }
    }
    assertThat(outcomes.values()).as("outcomes of each intent").allMatch(count -> count == 1);
  }

  private Optional<String> agreedWish() {
    List<String> agreed = new ArrayList<>();
    wishes.forEach((id, wish) -> {
      if (!wish.agreed().isEmpty()) {
        agreed.add(id);
      }
    });
    return agreed.isEmpty()
        ? Optional.empty()
        : Optional.of(agreed.get(random.nextInt(agreed.size())));
  }

  private Wish wish(String id) {
    Wish wish = wishes.get(id);
    if (wish == null) {
      throw new AssertionError("nobody was asked for approval '" + id + "'");
    }
    return wish;
  }

  private int amount() {
    return AMOUNTS.get(random.nextInt(AMOUNTS.size()));
  }

  private static String arguments(String tool, int amount) {
    return tool.equals("pay") ? "{\"amount\":" + amount + "}" : "{}";
  }

  private static int amountOf(String arguments) {
    return CanonicalJson.read(arguments).path("amount").asInt(0);
  }

  private static List<ObjectNode> definitions() {
    List<ObjectNode> all = new ArrayList<>();
    for (String tool : List.of("balance", "pay", "wipe")) {
      ObjectNode definition = CanonicalJson.object().put("name", tool);
      ObjectNode schema = definition.putObject("inputSchema").put("type", "object");
      if (tool.equals("pay")) {
        schema.putObject("properties").putObject("amount").put("type", "number");
        schema.putArray("required").add("amount");
      }
      all.add(definition);
    }
    return all;
  }

  @Override
  public void close() {
    process.end();
    control.close();
    ledger.close();
    store.close();
  }
}
