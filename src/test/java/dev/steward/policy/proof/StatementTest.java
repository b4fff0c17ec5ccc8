// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.ApiException;
import dev.steward.domain.call.Effect;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementTest {
  @Test
  void readsTheSentenceInItsForms() {
    assertThat(Statement.parse("agent refunds never payments/refund without approval"))
        .isEqualTo(
            new Statement.Never(
                "refunds", new Deed.Calls("payments/refund"), true, Optional.empty()));
    assertThat(Statement.parse("agent refunds never calls payments/* in environment production"))
        .isEqualTo(
            new Statement.Never(
                "refunds", new Deed.Calls("payments/*"), false, Optional.of("production")));
    assertThat(Statement.parse("agent * never calls * without approval in production"))
        .isEqualTo(new Statement.Never("*", new Deed.Calls("*"), true, Optional.of("production")));
    assertThat(Statement.parse("refunds never calls payments/refund in qa without approval"))
        .isEqualTo(
            new Statement.Never(
                "refunds", new Deed.Calls("payments/refund"), true, Optional.of("qa")));
  }

  @Test
  void readsEffectsAndLabelsInPlaceOfTools() {
    assertThat(Statement.parse("agent refunds never does a money effect without approval"))
        .isEqualTo(
            new Statement.Never(
                "refunds", new Deed.Does(List.of(Effect.MONEY)), true, Optional.empty()));
    assertThat(Statement.parse("* never does money, delete or irreversible effects in production"))
        .isEqualTo(
            new Statement.Never(
                "*",
                new Deed.Does(List.of(Effect.MONEY, Effect.DELETE, Effect.IRREVERSIBLE)),
                false,
                Optional.of("production")));
    assertThat(Statement.parse("agent refunds never reads label pii in production"))
        .isEqualTo(
            new Statement.Never(
                "refunds", new Deed.Reads(List.of("pii")), false, Optional.of("production")));
    assertThatThrownBy(() -> Statement.parse("agent refunds never does a monay effect"))
        .hasMessageContaining("'monay' is no effect; known are read, write, irreversible, money");
  }

  @Test
  void readsComparisons() {
    assertThat(Statement.parse("allows nothing new")).isEqualTo(new Statement.NothingNew());
    assertThat(
            Statement.parse("agent refunds version ab12 allows nothing that version 09cd did not"))
        .isEqualTo(new Statement.NothingMore("refunds", "ab12", "09cd"));
    assertThat(Statement.parse("refunds allows nothing that 09cd did not"))
        .isEqualTo(new Statement.NothingMore("refunds", "", "09cd"));
  }

  @Test
  void itIsShownAsItWasUnderstood() {
    for (String written :
        List.of(
            "refunds never payments/refund in qa without approval",
            "refunds never does money or delete effects in qa without approval",
            "* never reads labels pii, tax",
            "refunds version ab12 allows nothing that 09cd did not",
            "refunds allows nothing that 09cd did not",
            "allows nothing new.")) {
      Statement statement = Statement.parse(written);
      assertThat(Statement.parse(statement.toString())).as(written).isEqualTo(statement);
    }
  }

  @Test
  void anotherSentenceIsRefusedWithTheForm() {
    assertThatThrownBy(() -> Statement.parse("agent refunds may call payments/refund"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("agent NAME never calls SERVER/TOOL");
  }
}
