// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.resource.Person.Grant;
import dev.steward.domain.resource.Person.Role;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuthorityTest {
  private static final Target REFUNDS = Target.agent("refunds", "support", "production");

  @ParameterizedTest
  @EnumSource(Role.class)
  void everyRoleSees(Role role) {
    assertThat(authority(Grant.of(role)).may(Permission.READ, REFUNDS)).isTrue();
  }

  @Test
  void onlyAnAdminManagesPeopleAndTokens() {
    for (Role role : Role.values()) {
      Authority authority = authority(Grant.of(role));
      boolean admin = role == Role.ADMIN;
      assertThat(authority.may(Permission.MANAGE_PEOPLE, Target.SERVER)).isEqualTo(admin);
      assertThat(authority.may(Permission.MANAGE_TOKENS, Target.SERVER)).isEqualTo(admin);
    }
  }

  @Test
  void anApproverAnswersAndDoesNotBuild() {
    Authority approver = authority(Grant.of(Role.APPROVER));

    assertThat(approver.may(Permission.APPROVE, REFUNDS)).isTrue();
    assertThat(approver.may(Permission.DECLARE, REFUNDS)).isFalse();
    assertThat(authority(Grant.of(Role.OPERATOR)).may(Permission.APPROVE, REFUNDS)).isFalse();
  }

  @Test
  void contentIsReadOnlyByWhoseGrantSaysSo() {
    for (Role role : Role.values()) {
      for (boolean content : List.of(true, false)) {
        Grant grant = new Grant(role, content, Set.of(), Set.of(), Set.of());
        assertThat(authority(grant).may(Permission.READ_CONTENT, REFUNDS)).isEqualTo(content);
      }
    }
  }

  @Test
  void aScopeMustCoverEveryPart() {
    Authority scoped =
        authority(
            new Grant(
                Role.OPERATOR,
                false,
                Set.of("support"),
                Set.of(),
                Set.of("staging", "production")));

    assertThat(scoped.may(Permission.STOP, REFUNDS)).isTrue();
    assertThat(scoped.may(Permission.STOP, Target.agent("refunds", "finance", "production")))
        .isFalse();
    assertThat(scoped.may(Permission.STOP, Target.agent("refunds", "support", "development")))
        .isFalse();
    assertThat(scoped.may(Permission.OPERATE, Target.SERVER)).isFalse();
    assertThat(scoped.mayAnywhere(Permission.STOP)).isTrue();
  }

  @Test
  void twoGrantsDoNotAddUpToAThird() {
    Authority two =
        authority(
            new Grant(Role.OPERATOR, false, Set.of(), Set.of("research"), Set.of()),
            new Grant(Role.VIEWER, true, Set.of(), Set.of("refunds"), Set.of()));

    assertThat(two.may(Permission.STOP, REFUNDS)).isFalse();
    assertThat(two.may(Permission.READ_CONTENT, Target.agent("research", ""))).isFalse();
    assertThat(two.may(Permission.READ_CONTENT, REFUNDS)).isTrue();
    assertThat(Authority.NONE.mayAnywhere(Permission.READ)).isFalse();
  }

  private static Authority authority(Grant... grants) {
    return new Authority(List.of(grants));
  }
}
