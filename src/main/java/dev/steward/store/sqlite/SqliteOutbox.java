// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.sqlite;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.outbox.Delivery;
import dev.steward.control.outbox.Delivery.Status;
import dev.steward.control.outbox.Notice;
import dev.steward.control.outbox.Outbox;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The outbox in one SQLite file. One row of it, by the name `position`, holds the place in the
/// ledger.
public final class SqliteOutbox implements Outbox {
  private static final int VERSION = 1;
  private static final String SCHEMA =
      "create table delivery (id text primary key, channel text not null, status text not null,"
          + " due integer not null, attempts integer not null, trouble text not null,"
          + " changed integer not null, notice text not null) strict";
  private static final String POSITION = "position";
  private static final int ENDED_MAX = 5_000;

  private final SideFile file;

  private SqliteOutbox(SideFile file) {
    this.file = file;
  }

  public static SqliteOutbox open(Path file) {
    return new SqliteOutbox(SideFile.open(file, SCHEMA, VERSION));
  }

  @Override
  public OptionalLong position() {
    return file.run(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement("select due from delivery where id = ?")) {
        select.setString(1, POSITION);
        try (ResultSet row = select.executeQuery()) {
          return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
      }
    });
  }

  @Override
  public void put(List<Delivery> deliveries, long position) {
    file.commit(connection -> {
      for (Delivery delivery : deliveries) {
        write(
            connection, "insert or ignore into delivery values (?, ?, ?, ?, ?, ?, ?, ?)", delivery);
      }
      try (PreparedStatement moved =
          connection.prepareStatement(
              "insert or replace into delivery values (?, '', ?, ?, 0, '', 0, '')")) {
        moved.setString(1, POSITION);
        moved.setString(2, POSITION);
        moved.setLong(3, position);
        return moved.executeUpdate();
      }
    });
  }

  @Override
  public int add(List<Delivery> deliveries) {
    return file.commit(connection -> {
      int added = 0;
      for (Delivery delivery : deliveries) {
        added +=
            write(
                connection,
                "insert or ignore into delivery values (?, ?, ?, ?, ?, ?, ?, ?)",
                delivery);
      }
      return added;
    });
  }

  @Override
  public void update(Delivery delivery) {
    file.commit(connection -> {
      try (PreparedStatement update =
              connection.prepareStatement(
                  "update delivery set status = ?, due = ?, attempts = ?, trouble = ?, changed = ?"
                      + " where id = ?");
          PreparedStatement thin =
              connection.prepareStatement(
                  "delete from delivery where id in (select id from delivery where status in"
                      + " ('delivered', 'failed') order by changed desc limit -1 offset ?)")) {
        update.setString(1, delivery.status().word());
        update.setLong(2, delivery.due().toEpochMilli());
        update.setInt(3, delivery.attempts());
        update.setString(4, delivery.trouble());
        update.setLong(5, delivery.changedAt().toEpochMilli());
        update.setString(6, delivery.id());
        update.executeUpdate();
        thin.setInt(1, ENDED_MAX);
        return thin.executeUpdate();
      }
    });
  }

  @Override
  public List<Delivery> due(Instant now, int max) {
    return file.run(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select * from delivery where status = 'waiting' and due <= ?"
                  + " order by due, id limit ?")) {
        select.setLong(1, now.toEpochMilli());
        select.setInt(2, max);
        return rows(select);
      }
    });
  }

  @Override
  public Optional<Instant> nextDue() {
    return file.run(connection -> {
      try (PreparedStatement select =
              connection.prepareStatement(
                  "select min(due) from delivery where status = 'waiting'");
          ResultSet row = select.executeQuery()) {
        long due = row.next() ? row.getLong(1) : 0;
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due));
      }
    });
  }

  @Override
  public Optional<Delivery> find(String id) {
    return file.run(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement("select * from delivery where id = ? and id <> ?")) {
        select.setString(1, id);
        select.setString(2, POSITION);
        return rows(select).stream().findFirst();
      }
    });
  }

  @Override
  public List<Delivery> list(@Nullable Status status, int max) {
    return file.run(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select * from delivery where id <> ? and (? = '' or status = ?)"
                  + " order by changed desc, id desc limit ?")) {
        String word = status == null ? "" : status.word();
        select.setString(1, POSITION);
        select.setString(2, word);
        select.setString(3, word);
        select.setInt(4, max);
        return rows(select);
      }
    });
  }

  @Override
  public List<Delivery> about(String subject, int max) {
    return file.run(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select * from delivery"
                  + " where case when id = ? then 0 else notice ->> '$.subject' = ? end"
                  + " order by changed desc, id desc limit ?")) {
        select.setString(1, POSITION);
        select.setString(2, subject);
        select.setInt(3, max);
        return rows(select);
      }
    });
  }

  @Override
  public void close() {
    file.close();
  }

  private static int write(Connection connection, String sql, Delivery delivery)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, delivery.id());
      insert.setString(2, delivery.channel());
      insert.setString(3, delivery.status().word());
      insert.setLong(4, delivery.due().toEpochMilli());
      insert.setInt(5, delivery.attempts());
      insert.setString(6, delivery.trouble());
      insert.setLong(7, delivery.changedAt().toEpochMilli());
      insert.setString(8, CanonicalJson.MAPPER.writeValueAsString(delivery.notice()));
      return insert.executeUpdate();
    }
  }

  private static List<Delivery> rows(PreparedStatement select) throws SQLException {
    List<Delivery> rows = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rows.add(
            new Delivery(
                row.getString("id"),
                row.getString("channel"),
                CanonicalJson.MAPPER.readValue(row.getString("notice"), Notice.class),
                Status.valueOf(row.getString("status").toUpperCase(java.util.Locale.ROOT)),
                Instant.ofEpochMilli(row.getLong("due")),
                row.getInt("attempts"),
                row.getString("trouble"),
                Instant.ofEpochMilli(row.getLong("changed"))));
      }
    }
    return rows;
  }
}
