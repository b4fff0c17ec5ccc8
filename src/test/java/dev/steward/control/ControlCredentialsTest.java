// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.access.Authority;
import dev.steward.control.access.NewSecret;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.command.Command;
import dev.steward.control.state.AgentKey;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Person.Grant;
import dev.steward.domain.resource.Person.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlCredentialsTest {
  private static final Random RANDOM = new Random(7);

  @TempDir Path folder;
  private ControlFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.ALL);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  static NewSecret issueKey(ControlFixture fixture, String agent) {
    NewSecret secret = NewSecret.agentKey(RANDOM);
    fixture.submit(new Command.IssueAgentKey(secret.id(), secret.hash(), agent, "production", ""));
    return secret;
  }

  private NewSecret issueToken(String holder, Grant... grants) {
    NewSecret secret = NewSecret.token(RANDOM);
    fixture.submit(
        new Command.IssueToken(
            secret.id(), secret.hash(), holder, "ci", List.of(grants), Optional.empty()));
    return secret;
  }

  @Test
  void aKeyIsFoundByTheHashOfItsValueAndTheValueIsNowhere() {
    NewSecret secret = issueKey(fixture, "refunds");

    assertThat(secret.value()).startsWith("sk-steward-").hasSize(11 + 43);
    AgentKey key = fixture.state().agentKey(NewSecret.hashOf(secret.value())).orElseThrow();
    assertThat(key.agent()).isEqualTo("refunds");
    assertThat(key.environment()).isEqualTo("production");
    assertThat(key.active()).isTrue();
    assertThat(secret.toString()).doesNotContain(secret.value());
    for (byte[] entry : fixture.ledger.read(0, 100)) {
      assertThat(new String(entry, StandardCharsets.UTF_8)).doesNotContain(secret.value());
    }
  }

  @Test
  void aRevokedKeyIsNotActive() {
    NewSecret secret = issueKey(fixture, "refunds");

    fixture.submit(new Command.RevokeAgentKey(secret.id(), "lost"));

    assertThat(fixture.state().agentKey(secret.hash()).orElseThrow().active()).isFalse();
    refuses(
        () -> fixture.submit(new Command.RevokeAgentKey(secret.id(), "again")),
        ErrorCode.CONFLICT,
        "was revoked at");
    refuses(
        () -> fixture.submit(new Command.RevokeAgentKey("key-0", "x")),
        ErrorCode.NOT_FOUND,
        "no key 'key-0'");
  }

  @Test
  void aKeyCanBeForOneVersion() {
    String version = fixture.state().agent("refunds").orElseThrow().version().digest().hex();

    fixture.submit(
        new Command.IssueAgentKey(
            "key-v", Digest.of("v"), "refunds", "development", version.substring(0, 12)));

    assertThat(fixture.state().agentKeyById("key-v").orElseThrow().version()).isEqualTo(version);
    refuses(
        () -> issue("key-w", "refunds", "development", "ffff"),
        ErrorCode.NOT_FOUND,
        "agent refunds has no version ffff");
  }

  @Test
  void wrongKeysAreRefused() {
    refuses(
        () -> issue("key-1", "refnds", "production", ""),
        ErrorCode.NOT_FOUND,
        "no Agent 'refnds'. Did you mean refunds?");
    refuses(
        () -> issue("key-1", "refunds", "Production!", ""),
        ErrorCode.INVALID,
        "environment: 'Production!' is no name");
    issue("key-1", "refunds", "production", "");
    refuses(
        () -> issue("key-1", "refunds", "production", ""),
        ErrorCode.CONFLICT,
        "key key-1 exists already");
  }

  @Test
  void aTokenHasItsRolesUntilItIsRevoked() {
    NewSecret token = issueToken("", Grant.of(Role.ADMIN));
    assertThat(may(token, Permission.MANAGE_PEOPLE, Target.SERVER)).isTrue();

    fixture.submit(new Command.RevokeToken(token.id(), "leaked"));

    assertThat(may(token, Permission.READ, Target.SERVER)).isFalse();
    refuses(
        () -> fixture.submit(new Command.RevokeToken(token.id(), "again")),
        ErrorCode.CONFLICT,
        "was revoked at");
  }

  @Test
  void anExpiredTokenMayNothing() {
    NewSecret secret = NewSecret.token(RANDOM);
    fixture.submit(
        new Command.IssueToken(
            secret.id(),
            secret.hash(),
            "",
            "ci",
            List.of(Grant.of(Role.VIEWER)),
            Optional.of(ControlFixture.START.plusSeconds(1000))));

    Actor actor = Actor.token(secret.id());
    assertThat(
            fixture
                .state()
                .authority(actor, ControlFixture.START.plusSeconds(999))
                .may(Permission.READ, Target.SERVER))
        .isTrue();
    assertThat(fixture.state().authority(actor, ControlFixture.START.plusSeconds(1000)))
        .isEqualTo(Authority.NONE);
  }

  @Test
  void wrongTokensAreRefused() {
    refuses(() -> issueToken(""), ErrorCode.INVALID, "a token without a role may do nothing");
    refuses(
        () -> issueToken("dora@example.com", Grant.of(Role.VIEWER)),
        ErrorCode.NOT_FOUND,
        "no Person 'dora@example.com'. Did you mean dana@example.com?");
    refuses(
        () ->
            fixture.submit(
                new Command.IssueToken(
                    "token-x",
                    Digest.of("x"),
                    "",
                    "ci",
                    List.of(Grant.of(Role.VIEWER)),
                    Optional.of(ControlFixture.START.minusSeconds(1)))),
        ErrorCode.INVALID,
        "the token would be expired already");
  }

  @Test
  void aRoleHoldsInItsScopeOnly() {
    Grant supportOnly = new Grant(Role.DEVELOPER, false, Set.of("support"), Set.of(), Set.of());
    Actor developer = Actor.token(issueToken("", supportOnly).id());
    String mine = Yaml.REFUNDS.replace("gpt-5", "gpt-6");
    String foreign = Yaml.REFUNDS.replace("team: support", "team: finance");

    fixture.control().submit(command(mine), developer);

    refuses(
        () -> fixture.control().submit(command(foreign), developer),
        ErrorCode.FORBIDDEN,
        "declaring Agent refunds needs the permission DECLARE for it; ask an admin");
    refuses(
        () -> fixture.control().submit(command(Yaml.DANA), developer),
        ErrorCode.FORBIDDEN,
        "needs the permission MANAGE_PEOPLE");
    refuses(
        () -> fixture.control().submit(new Command.ErasePerson("dana@example.com", ""), developer),
        ErrorCode.FORBIDDEN,
        "this needs the permission MANAGE_PEOPLE");
    refuses(
        () -> fixture.control().submit(new Command.RecordSnapshot(1, Digest.of("")), developer),
        ErrorCode.FORBIDDEN,
        "only the server records its snapshots");
    assertThat(fixture.state().authority(developer, ControlFixture.START))
        .matches(a -> !a.mayAnywhere(Permission.READ_CONTENT));
  }

  @Test
  void aPersonsGrantsAreTheirAuthority() {
    String id = fixture.state().person("dana@example.com").orElseThrow().id();
    Authority authority = fixture.state().authority(Actor.person(id), ControlFixture.START);

    assertThat(authority.may(Permission.DECLARE, Target.agent("refunds", "support"))).isTrue();
    assertThat(authority.may(Permission.DECLARE, Target.agent("refunds", "finance"))).isFalse();
    assertThat(authority.may(Permission.DECLARE, Target.SERVER)).isFalse();
    assertThat(fixture.state().authority(Actor.person("person-0"), ControlFixture.START))
        .isEqualTo(Authority.NONE);
  }

  private Command command(String yaml) {
    return new Command.ApplyResources(ControlFixture.read(yaml).declarations());
  }

  private void issue(String id, String agent, String environment, String version) {
    fixture.submit(new Command.IssueAgentKey(id, Digest.of(id), agent, environment, version));
  }

  private boolean may(NewSecret token, Permission permission, Target target) {
    return fixture
        .state()
        .authority(Actor.token(token.id()), ControlFixture.START)
        .may(permission, target);
  }

  private static void refuses(ThrowingCallable command, ErrorCode code, String message) {
    assertThatThrownBy(command)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
