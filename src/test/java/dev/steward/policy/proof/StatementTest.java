// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.ApiException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementTest {
  @Test
  void readsTheSentenceInItsForms() {
    assertThat(Statement.parse("agent refunds never payments/refund without approval"))
        .isEqualTo(new Statement("refunds", "payments/refund", true, Optional.empty()));
    assertThat(Statement.parse("agent refunds never calls payments/* in environment production"))
        .isEqualTo(new Statement("refunds", "payments/*", false, Optional.of("production")));
    assertThat(Statement.parse("agent * never calls * without approval in production"))
        .isEqualTo(new Statement("*", "*", true, Optional.of("production")));
    assertThat(Statement.parse("refunds never calls payments/refund in qa without approval"))
        .isEqualTo(new Statement("refunds", "payments/refund", true, Optional.of("qa")));
  }

  @Test
  void itIsShownAsItWasUnderstood() {
    Statement statement = Statement.parse("refunds never payments/refund in qa without approval");
    assertThat(Statement.parse(statement.toString())).isEqualTo(statement);
  }

  @Test
  void anotherSentenceIsRefusedWithTheForm() {
    assertThatThrownBy(() -> Statement.parse("agent refunds may call payments/refund"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("agent NAME never calls SERVER/TOOL");
  }
}
