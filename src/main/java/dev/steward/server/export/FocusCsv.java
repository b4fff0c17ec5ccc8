// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.export;

import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.CostQuery.By;
import dev.steward.trace.run.RunCost;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Cost by day in the columns of FOCUS 1.2 (FinOps Open Cost and Usage Specification), one row for
/// what is known of a group and one for what is not. A cost that is unknown is an empty cell.
///
/// @param providers provider of each model; of others it is empty
public record FocusCsv(Map<String, String> providers) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final By[] GROUPS = {
    By.DAY,
    By.AGENT,
    By.VERSION,
    By.MODEL,
    By.TOOL,
    By.WORKFLOW,
    By.TEAM,
    By.ENVIRONMENT,
    By.WHAT,
    By.PROVIDER,
    By.STEP
  };
  private static final List<String> COLUMNS =
      List.of(
          "BilledCost",
          "EffectiveCost",
          "ListCost",
          "ContractedCost",
          "BillingCurrency",
          "BillingPeriodStart",
          "BillingPeriodEnd",
          "ChargePeriodStart",
          "ChargePeriodEnd",
          "ChargeCategory",
          "ChargeClass",
          "ChargeDescription",
          "ChargeFrequency",
          "ConsumedQuantity",
          "ConsumedUnit",
          "ProviderName",
          "PublisherName",
          "ResourceId",
          "ResourceName",
          "ResourceType",
          "ServiceCategory",
          "ServiceSubcategory",
          "ServiceName",
          "SkuId",
          "SubAccountId",
          "SubAccountName",
          "Tags",
          "x_CostKnown",
          "x_Charges",
          "x_ModelCalls",
          "x_InputTokens",
          "x_OutputTokens",
          "x_What",
          "x_Step");

  public FocusCsv {
    providers = Map.copyOf(providers);
  }

  /// The same question in the groups that the rows are made of.
  public static CostQuery daily(CostQuery query) {
    return query.groupedBy(GROUPS).withoutRuns();
  }

  /// The model of a row in these groups, "" where it has none.
  public static String model(CostQuery.Row row) {
    return new Group(row.group()).model();
  }

  public String of(List<CostQuery.Row> rows) {
    CsvText csv = new CsvText().line(COLUMNS);
    for (CostQuery.Row row : rows) {
      RunCost cost = row.cost();
      if (cost.priced() > 0) {
        csv.line(line(row, true));
      }
      if (cost.unknown() > 0) {
        csv.line(line(row, false));
      }
    }
    return csv.toString();
  }

  private List<String> line(CostQuery.Row row, boolean known) {
    RunCost cost = row.cost();
    Group group = new Group(row.group());
    String amount = known ? cost.amount().toPlainString() : "";
    // usage is not kept apart by whether its cost is known, so it stands in one of two rows alone
    boolean usage = known || cost.priced() == 0;
    String tokens = usage ? CostCsv.count(sum(row)) : "";
    String provider = CsvText.name(group.provider(providers));
    List<String> cells = new ArrayList<>();
    cells.addAll(List.of(amount, amount, amount, amount));
    cells.add(known ? cost.currency() : "");
    cells.add(start(group.day().withDayOfMonth(1)));
    cells.add(start(group.day().withDayOfMonth(1).plusMonths(1)));
    cells.add(start(group.day()));
    cells.add(start(group.day().plusDays(1)));
    cells.addAll(List.of("Usage", "", group.description(), "Usage-Based"));
    cells.addAll(List.of(tokens, tokens.isEmpty() ? "" : "Tokens"));
    cells.addAll(List.of(provider, provider));
    cells.addAll(List.of(CsvText.name(group.agent()), CsvText.name(group.agent()), "Agent"));
    cells.addAll(List.of(group.category(), group.subcategory()));
    cells.addAll(List.of(CsvText.name(group.service()), CsvText.name(group.service())));
    cells.addAll(List.of(CsvText.name(group.team()), CsvText.name(group.team())));
    cells.add(JSON.writeValueAsString(group.tags()));
    cells.add(Boolean.toString(known));
    cells.add(Integer.toString(known ? cost.priced() : cost.unknown()));
    cells.add(usage ? Long.toString(row.modelCalls()) : "");
    cells.add(usage ? CostCsv.count(row.inputTokens()) : "");
    cells.add(usage ? CostCsv.count(row.outputTokens()) : "");
    cells.add(group.what());
    cells.add(CsvText.name(group.step()));
    return cells;
  }

  private static @Nullable Long sum(CostQuery.Row row) {
    Long input = row.inputTokens();
    Long output = row.outputTokens();
    if (input == null && output == null) {
      return null;
    }
    return (input == null ? 0 : input) + (output == null ? 0 : output);
  }

  private static String start(LocalDate day) {
    return day + "T00:00:00Z";
  }

  /// The values of one row's group, in the order of the question.
  private record Group(List<String> values) {
    LocalDate day() {
      return LocalDate.parse(values.getFirst());
    }

    String agent() {
      return values.get(1);
    }

    String model() {
      return values.get(3);
    }

    String tool() {
      return values.get(4);
    }

    String team() {
      return values.get(6);
    }

    /// One of the words of `Spend`.
    String what() {
      return values.get(8);
    }

    /// The one that was told, else the usual seller of the model.
    String provider(Map<String, String> usual) {
      return values.get(9).isEmpty() ? usual.getOrDefault(model(), "") : values.get(9);
    }

    String step() {
      return values.get(10);
    }

    /// A category of the specification.
    String category() {
      return switch (what()) {
        case "compute" -> "Compute";
        case "review" -> "Other";
        default -> "AI and Machine Learning";
      };
    }

    String subcategory() {
      return switch (what()) {
        case "compute" -> "Other (Compute)";
        case "review" -> "Other (Other)";
        default -> "Generative AI";
      };
    }

    /// What was bought: the model, or the tool that charged by itself.
    String service() {
      return switch (what()) {
        case "tool", "api" -> tool().isEmpty() ? what() : tool();
        case "model" -> model().isEmpty() ? tool() : model();
        default -> what();
      };
    }

    String description() {
      switch (what()) {
        case "retrieval" -> {
          return "searches";
        }
        case "compute" -> {
          return "compute seconds";
        }
        case "review" -> {
          return "minutes of human review";
        }
        case "api" -> {
          return CsvText.name("API calls of " + tool());
        }
        default -> {}
      }
      if (model().isEmpty()) {
        return CsvText.name(tool().isEmpty() ? "calls of an unnamed model" : "uses of " + tool());
      }
      return CsvText.name("calls of " + model() + (tool().isEmpty() ? "" : " inside of " + tool()));
    }

    /// What has a value, under our own prefix as the specification asks of a provider.
    Map<String, String> tags() {
      Map<String, String> tags = new LinkedHashMap<>();
      put(tags, "agent", agent());
      put(tags, "version", values.get(2));
      put(tags, "tool", tool());
      put(tags, "workflow", values.get(5));
      put(tags, "team", team());
      put(tags, "environment", values.get(7));
      put(tags, "step", step());
      return tags;
    }

    private static void put(Map<String, String> tags, String name, String value) {
      if (!value.isEmpty()) {
        tags.put("steward/" + name, value);
      }
    }
  }
}
