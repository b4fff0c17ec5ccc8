// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import dev.steward.demo.talk.ScriptedModel;
import dev.steward.demo.tool.Hands;
import dev.steward.demo.tool.Returned;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Answers customers and gives refunds. Its stories: a refund that goes well, a payment tool that
/// times out and is retried, an order number the model made up, and a loop of the same search. Live
/// it now and then owes more than it may give back itself, and waits for a colleague's yes.
final class Support implements Role {
  private static final String INSTRUCTIONS =
      """
      You answer customers of a small shop for coffee machines. Look the order up before you say \
      anything about it. Refund up to 200 USD yourself; for more, say that a colleague will decide. \
      Never promise a date of delivery.\
      """;
  private static final String PAYMENTS = "payments";
  private static final List<String> FAULTS =
      List.of(
          "arrived with a cracked boiler",
          "leaks from the group head",
          "does not heat up any more",
          "is the wrong colour",
          "grinds far too loud",
          "came without its power cable");

  @Override
  public String agent() {
    return "support";
  }

  @Override
  public int runsPerDay() {
    return 46;
  }

  @Override
  public List<String> tools() {
    return List.of("get_order", "refund", "search_mail");
  }

  @Override
  public List<Integer> opening(int from) {
    return List.of(
        StoryNumber.next(from, 31, 12),
        StoryNumber.next(from, 9, 4),
        StoryNumber.next(from, 13, 9),
        StoryNumber.next(from, 13, 9) + 13,
        StoryNumber.next(from, 23, 7));
  }

  @Override
  public void play(Stage stage, Timeline timeline, StoryNumber number) throws InterruptedException {
    RandomGenerator dice = stage.dice();
    String order = "W" + (8_840_000 + dice.nextInt(9_999));
    Act act =
        Act.begin(stage, timeline, "chat-" + order, INSTRUCTIONS, ScriptedModel.GPT_5)
            .of("answer-customer", "ticket-" + (51_000 + dice.nextInt(9_000)));
    act.hears(
        "My machine from order %s %s. Can I have my money back?"
            .formatted(order, FAULTS.get(dice.nextInt(FAULTS.size()))));
    if (number.isEvery(23, 7)) {
      hallucinatesAnOrder(act, order, dice);
    } else if (number.isEvery(31, 12)) {
      loops(act, order);
    } else if (number.isEvery(13, 9) && stage.hands().isPresent()) {
      asksAColleague(act, stage.hands().get(), order);
    } else {
      if (number.isEvery(9, 4)) {
        // Its provider has a bad minute too: another one answers.
        act.meets(500, 500);
      }
      refunds(act, order, 20 + dice.nextInt(160), number.isEvery(9, 4));
    }
  }

  private static void refunds(Act act, String order, int amount, boolean paymentsAreSlow)
      throws InterruptedException {
    act.uses(
        "get_order",
        Map.of("order_id", order),
        Map.of("order_id", order, "total", amount, "currency", "USD", "state", "delivered"));
    act.retrieves(
        "refund-guidelines",
        "refund within the first year",
        List.of(
            Map.of("id", "guideline-4", "score", 0.91),
            Map.of("id", "guideline-11", "score", 0.74)));
    Map<String, ?> refund = Map.of("order_id", order, "amount", amount);
    if (paymentsAreSlow) {
      act.failsWith("refund", refund, "timeout", "payments did not answer within 2 s");
    }
    act.uses("refund", refund, Map.of("refund_id", "RF-" + order.substring(3), "state", "booked"));
    act.says(
        "I am sorry about that. I have refunded %d USD for order %s to the card you paid with; it takes two to three working days to arrive."
            .formatted(amount, order));
    act.ends("success", 1);
  }

  private static void asksAColleague(Act act, Hands hands, String order)
      throws InterruptedException {
    int paid =
        act.asksToUse(hands, PAYMENTS, "get_order", Map.of("order_id", order))
            .result()
            .path("total")
            .asInt(0);
    Returned returned =
        act.asksToUse(hands, PAYMENTS, "refund", Map.of("order_id", order, "amount", paid));
    if (returned instanceof Returned.Called called) {
      act.says(
          "A colleague has agreed: %d USD for order %s are on their way to your card."
              .formatted(called.result().path("amount").asInt(paid), order));
      act.ends("success", 1);
    } else {
      act.says(
          "I am sorry: I may not refund order %s. A colleague will write to you today."
              .formatted(order));
      act.ends("declined", 1);
    }
  }

  private static void hallucinatesAnOrder(Act act, String order, RandomGenerator dice)
      throws InterruptedException {
    String madeUp = "W" + (7_000_000 + dice.nextInt(9_999));
    act.failsWith(
        "get_order", Map.of("order_id", madeUp), "not_found", "there is no order " + madeUp);
    act.says(
        "Your order %s has already been refunded in full, there is nothing left to do."
            .formatted(madeUp));
    act.hears("That is not my order. Mine is %s.".formatted(order));
    act.says("I apologise. I pass this on to a colleague who will write to you today.");
    act.ends("failure", 0);
  }

  private static void loops(Act act, String order) throws InterruptedException {
    for (int turn = 0; turn < 14; turn++) {
      act.uses(
          "search_mail",
          Map.of("query", "receipt " + order),
          Map.of("hits", 0, "hint", "widen the search"));
    }
    act.breaks("step_limit", "gave up after 14 steps without a new result");
  }
}
