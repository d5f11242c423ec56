package io.testmesh.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListsAndTextsTest {
  private final Sheet sheet =
      Sheet.of(
          """
          {"list": [3, 1, 2], "m": {"a": 1, "b": null}, "n": null, "t": "text",
           "big": 123456789012345678901234567890,
           "wide": {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 8, "i": 9, "j": 10,
             "k": 11, "l": 12, "m": 13, "n": 14, "o": 15, "p": 16, "q": 17, "r": 18, "s": 19, "t": 20,
             "u": 21, "v": 22}}
          """);

  @Test
  void items_are_read_from_both_ends() {
    sheet.holds(
        "list[0] == 3",
        "list[2] == 2",
        "list[-1] == 2",
        "list[-3] == 3",
        "(list[2] ?? 9) == 2",
        "(list[-3] ?? 9) == 3",
        "list[-3] exists",
        "m[\"b\"] == nil",
        "n?.[0] == nil",
        "n?.[\"a\"] == nil",
        "get(list, -1) == 2",
        "get(list, -3) == 3",
        "get(list, -4) == nil",
        "get(list, 3) == nil",
        "get(m, \"a\") == 1",
        "get(m, 1) == nil");
    sheet.holdsNot("list[3] exists", "list[-4] exists", "n[0] exists", "t[0] exists");
  }

  @Test
  void slices_end_where_the_list_ends() {
    sheet.holds(
        "list[1:] == [1, 2]",
        "list[:1] == [3]",
        "list[:] == list",
        "list[1:2] == [1]",
        "list[-2:] == [1, 2]",
        "list[:-1] == [3, 1]",
        "list[5:] == []",
        "list[2:1] == []",
        "list[-9:9] == list",
        "list[:big] == list",
        "list[-big:1] == [3]",
        "t[1:3] == \"ex\"",
        "t[-2:] == \"xt\"",
        "t[3:9] == \"t\"",
        "t[2:1] == \"\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list[3] | list has no item 3 (it has 3)",
        "list[-4] | list has no item -4 (it has 3)",
        "list[big] | list has no item 123456789012345678901234567890 (it has 3)",
        "[][0] | [] has no item 0 (it has none)",
        "list['a'] | the number of an item is a whole number, got the text \"a\"",
        "list[1.5] | the number of an item is a whole number, got the number 1.5",
        "list['a':] | a bound of a slice is a whole number, got the text \"a\"",
        "n[0] | n is null, it has no item 0",
        "n['a'] | n is null, it has no key \"a\"",
        "n[1:] | n is null; only lists and texts have slices",
        "m[1] | a key of a map is a text, got the number 1",
        "m['c'] | m has no key \"c\" (it has a, b)",
        "(true)[0] | true is true, it has no items",
        "{(1): 2} | a key of a map is a text, got the number 1",
        "fromPairs([['a']]) | fromPairs wants a list of [key, value], got a list of 1 item in it",
        "fromPairs([1]) | fromPairs wants a list of [key, value], got the number 1 in it",
        "fromPairs([[[1], 2]]) | a list of 1 item cannot be a key",
        "fromPairs([[1, 2]])[2] | fromPairs([[1, 2]]) has no key 2 (it has 1)",
        "fromPairs([[1, 2]])['a'] | fromPairs([[1, 2]]) has no key \"a\" (it has 1)",
        "fromPairs([[1, 2]])[[1]] | a key of a map is a text, got a list of 1 item",
        "sort([3, 1], 'up') | the order is \"asc\" or \"desc\", got the text \"up\"",
        "sort([3, 'a']) | the number 3 and the text \"a\" have no order",
        "take(list, -1) | take wants 0 or more, got -1",
        "concat([1], 2) | concat wants a list, got the number 2",
        "join([1]) | join wants a list of texts, got the number 1 in it",
        "get(n, 'a') | get wants a list, got null",
        "repeat('a', -1) | repeat wants a number from 0 to 1000000, got -1",
        "repeat('a', 1000001) | repeat wants a number from 0 to 1000000, got 1000001",
        "fromBase64('!') | fromBase64 wants base64, got the text \"!\"",
        "fromBase64('/w==') | the base64 text holds bytes that are no UTF-8 text",
        "upper(n) | upper wants a text, got null",
        "wide.zz | wide has no key \"zz\" (it has a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t and 2 more)",
      })
  void what_is_not_there_says_what_there_is(String expression, String message) {
    assertThat(sheet.failure(expression)).hasMessage(message);
  }

  @Test
  void errors_in_brackets_have_hints() {
    assertThat(sheet.failure("n[0]").hint()).isEqualTo("?.[…] reads an item of what may be null");
    assertThat(sheet.failure("m.length").hint()).isEqualTo("len(…) tells how many keys a map has");
    assertThat(sheet.failure("\"abc\"[0]").hint()).isEqualTo("a part of a text is text[0:1]");
    assertThat(sheet.failure("(true)[0]").hint()).isNull();
  }

  @Test
  void maps_may_have_keys_that_are_no_texts() {
    sheet.holds(
        "fromPairs([[1, 2]])[1] == 2",
        "fromPairs([[1, 2]])[1.0] == 2",
        "fromPairs([[1, 2], [1.0, 3]])[1] == 3",
        "fromPairs([[nil, 2]])[nil] == 2",
        "fromPairs([[true, 2]])[true] == 2",
        "len(fromPairs([[1, 2], [\"1\", 3]])) == 2",
        "get(fromPairs([[1, 2]]), 1) == 2",
        "get(fromPairs([[1, 2]]), 2) == nil",
        "1 in fromPairs([[1, 2]])",
        "not (2 in fromPairs([[1, 2]]))",
        "groupBy([1, 2, 3], # % 2)[1] == [1, 3]",
        "fromPairs([[\"a\", 1]]).a == 1",
        "keys(fromPairs([[2, 1], [1, 1]])) == [2, 1]",
        "fromPairs([[1, 2]]) == fromPairs([[1.0, 2]])",
        "fromPairs([[1, 2]]) != fromPairs([[2, 2]])");
  }

  @Test
  void lists_are_made_of_lists() {
    sheet.holds(
        "sort([3, 1, 2]) == [1, 2, 3]",
        "sort([3, 1, 2], \"asc\") == [1, 2, 3]",
        "sort([3, 1, 2], \"desc\") == [3, 2, 1]",
        "sortBy([{a: 2}, {a: 1}], .a) == [{a: 1}, {a: 2}]",
        "sortBy([{a: 1}, {a: 2}], .a, \"desc\") == [{a: 2}, {a: 1}]",
        "map(sortBy([{a: 1, b: 1}, {a: 0, b: 2}, {a: 1, b: 3}], .a), .b) == [2, 1, 3]",
        "uniq([1, 1.0, 2, \"a\", \"a\"]) == [1, 2, \"a\"]",
        "reverse([1, 2, 3]) == [3, 2, 1]",
        "flatten([1, [2, [3, []]]]) == [1, 2, 3]",
        "concat([1], [], [2, 3]) == [1, 2, 3]",
        "take(list, 2) == [3, 1]",
        "take(list, 0) == []",
        "take(list, 9) == list",
        "first(list) == 3",
        "last(list) == 2",
        "first([]) == nil",
        "last([]) == nil",
        "values({a: 1, b: 2}) == [1, 2]",
        "type(now()) == \"time.Time\"",
        "type(duration(\"1s\")) == \"time.Duration\"",
        "type(timezone(\"UTC\")) == \"time.Location\"");
  }

  @Test
  void texts_are_made_of_texts() {
    assertThat(sheet.value("split(\"a,b,c\", \",\", 2)")).isEqualTo(List.of("a", "b,c"));
    sheet.holds(
        "split(\"abc\", \"\") == [\"a\", \"b\", \"c\"]",
        "split(\"\", \",\") == [\"\"]",
        "splitAfter(\"a,b\", \",\") == [\"a,\", \"b\"]",
        "join([\"a\", \"b\"], \"-\") == \"a-b\"",
        "join([\"a\", \"b\"]) == \"ab\"",
        "replace(\"aaa\", \"a\", \"b\") == \"bbb\"",
        "replace(\"aa\", \"\", \"-\") == \"-a-a-\"",
        "replace(\"😀\", \"\", \"-\") == \"-😀-\"",
        "repeat(\"ab\", 0) == \"\"",
        "repeat(\"ab\", 2) == \"abab\"",
        "trim(\" \\t\\u00a0\\u2003a\\u3000\\n\") == \"a\"",
        "trim(\"xxaxx\", \"x\") == \"a\"",
        "trim(\"xx\", \"x\") == \"\"",
        "trim(\"   \") == \"\"",
        "trimPrefix(\"abc\", \"ab\") == \"c\"",
        "trimPrefix(\"abc\", \"b\") == \"abc\"",
        "trimSuffix(\"abc\", \"bc\") == \"a\"",
        "indexOf(\"abc\", \"x\") == -1",
        "lastIndexOf(\"abcabc\", \"c\") == 5",
        "toBase64(\"hé\") == \"aMOp\"",
        "fromBase64(\"aMOp\") == \"hé\"",
        "fromBase64(\"aM\\nOp\") == \"hé\"",
        "string(nil) == \"<nil>\"",
        "string(1.0) == \"1\"",
        "string(1.5) == \"1.5\"",
        "string(true) == \"true\"");
  }

  @Test
  void escapes_in_texts_are_those_of_go() {
    sheet.holds(
        "\"\\x41\\101\\u0041\\U00000041\" == \"AAAA\"",
        "\"\\a\\b\\f\\v\" != \"abfv\"",
        "\"\\u{1F600}\" == \"😀\"",
        "\"\\ud83d\\ude00\" == \"😀\"",
        "b\"\\x41\"[0] == 65",
        "b\"\\377\"[0] == 255",
        "len(b\"é\") == 2",
        "toBase64(b\"\\xff\") == \"/w==\"");
  }

  @Test
  void predicates_know_the_number_of_their_item() {
    sheet.holds(
        "filter([5, 6, 7], #index > 0) == [6, 7]",
        "count([5, 6, 7], #index > 0) == 2",
        "sum([5, 6, 7], #index) == 3",
        "groupBy([5, 6, 7], #index % 2)[0] == [5, 7]",
        "map([5, 6, 7], #index) == [0, 1, 2]",
        "findIndex([5, 6, 7], #index == 1) == 1",
        "reduce([5, 6, 7], #acc + #index, 0) == 3");
  }

  @Test
  void texts_are_sorted_by_time_only_when_all_of_them_are_instants() {
    sheet.holds(
        "sort([\"2024-01-01T00:00:00Z\", \"2024-01-01T01:00:00+02:00\"])[0] == \"2023-12-31T23:00:00Z\"",
        "sort([\"2024-01-01T01:00:00+02:00\", \"2024-01-01T00:00:00Z\", \"a\"])[0] startsWith \"2024-01-01T00\"",
        "sort([\"b\", \"a\", \"2024-01-01T00:00:00Z\"])[2] == \"b\"");
  }

  @Test
  void maps_are_written_in_the_order_of_their_keys() {
    sheet.holds(
        "string({b: 1, a: [1, 2], c: {d: 1}}) == \"map[a:[1 2] b:1 c:map[d:1]]\"",
        "string(fromPairs([[2, 1], [1, 2]])) == \"map[1:2 2:1]\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"\\u{110000}\" | unknown escape \\u in a text | \\u",
        "\"\\u{}\" | unknown escape \\u in a text | \\u",
        "\"\\u{D800}\" | unknown escape \\u in a text | \\u",
        "\"\\xZZ\" | unknown escape \\x in a text | \\x",
        "b\"\\xZZ\" | unknown escape \\x in a text | \\x",
        "b\"\\400\" | unknown escape \\4 in a text | \\4",
        "1 + \"a | the text that begins here is not closed | \"",
        "1 /* x | the comment is not closed | /*",
        "1 + 1e | \"1e\" is no number | 1e",
        "0x | \"0x\" is no number | 0x",
      })
  void what_is_not_closed_or_unknown_is_marked(String expression, String message, String marked) {
    ExpressionException failure = sheet.failure(expression);

    assertThat(failure).hasMessage(message).matches(one -> !one.isAbsent());
    assertThat(expression.substring(failure.start(), failure.end())).isEqualTo(marked);
  }
}
