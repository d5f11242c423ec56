package io.testmesh.engine.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PathErrorsTest {
  /** The path, what of it is wrong ("" at its end), and the message; one line each. */
  private static final String CASES =
      """
      a.b ~ a ~ expected "$", with which a path begins, found "a"
      $. ~  ~ expected a name or "*" after ".", found the end
      $.. ~  ~ expected a name, "*" or "[" after "..", found the end
      $.a.1 ~ 1 ~ expected a name or "*" after ".", found "1"; an index is written [0], a name that begins with a digit ['1st']
      $.'a' ~ ' ~ expected a name or "*" after ".", found "'"; a name in quotes stands in brackets: ['a b']
      $.foo-bar ~ - ~ expected ".", "[" or the end of the path, found "-"; a name with other characters is written ['a-b']
      $.sum() ~ ( ~ expected ".", "[" or the end of the path, found "("; a path calls no functions outside of filters
      $.a b ~ b ~ expected ".", "[" or the end of the path, found "b"
      $[ ~  ~ expected a name in quotes, an index, a slice, "*" or a filter, found the end
      $[0 ~  ~ expected "," or "]", found the end
      $[] ~ ] ~ expected a name in quotes, an index, a slice, "*" or a filter, found "]"
      $[a] ~ a ~ expected a name in quotes, an index, a slice, "*" or a filter, found "a"; a name in brackets stands in quotes: ['name']
      $[0,] ~ ] ~ expected a name in quotes, an index, a slice, "*" or a filter, found "]"
      $[0 1] ~ 1 ~ expected "," or "]", found "1"
      $[(@.a)] ~ ( ~ expected a name in quotes, an index, a slice, "*" or a filter, found "("; a filter begins with "?": [?@.price > 1]
      $[01] ~ 01 ~ a number has no leading zeros
      $[-0] ~ -0 ~ an index is not written -0
      $[1.5] ~ . ~ expected a whole number, found "."
      $[9007199254740992] ~ 9007199254740992 ~ an index lies within -9007199254740991 and 9007199254740991
      $[1:2:3:4] ~ : ~ expected "," or "]", found ":"
      $['a ~ 'a ~ the text that begins here has no closing '
      $['a\\d'] ~ d ~ expected b, f, n, r, t, u, /, \\ or ' after "\\", found "d"
      $['\\u12'] ~ ' ~ expected four hexadecimal digits after "\\u", found "'"
      $['\\ud800'] ~ \\ud800 ~ half of a surrogate pair is no character
      $[? ~  ~ expected a path such as @.name, a value or a function, found the end
      $[?@.a ~  ~ expected a comparison, "&&", "||", "," or "]", found the end
      $[?@.a = 1] ~ = ~ expected a comparison, "&&", "||", "," or "]", found "="; is it "=="?
      $[?@.a =~ 'x'] ~ = ~ expected a comparison, "&&", "||", "," or "]", found "="; a regular expression is search(@.name, 'pattern')
      $[?@.a & @.b] ~ & ~ expected a comparison, "&&", "||", "," or "]", found "&"; is it "&&"?
      $[?@.a | @.b] ~ | ~ expected a comparison, "&&", "||", "," or "]", found "|"; is it "||"?
      $[?@.a in @.b] ~ i ~ expected a comparison, "&&", "||", "," or "]", found "i"
      $[?true] ~ true ~ a value alone is no condition; compare it: @ == true
      $[?length(@.a)] ~ length(@.a) ~ length(@.a) is a value and no condition; compare it: length(@.a) > 0
      $[?count(1) > 1] ~ 1 ~ count() wants a path such as @.items[*]
      $[?count(@.a == 1) > 1] ~ = ~ expected "," or ")" after the argument, found "="
      $[?length(@.*) > 1] ~ @.* ~ length() wants one value, and this path can find several; use names and indexes only, or count()
      $[?length(match(@, 'a')) > 1] ~ match(@, 'a') ~ length() wants a value, got a condition
      $[?match(@.a,'x') == true] ~ match(@.a,'x') ~ match() and search() are conditions and cannot be compared
      $[?@.* == 1] ~ @.* ~ a comparison wants one value, and this path can find several; use names and indexes only, or count() or value()
      $[?1 < @..a] ~ @..a ~ a comparison wants one value, and this path can find several; use names and indexes only, or count() or value()
      $[?!@.a == 1] ~ == ~ a comparison after "!" stands in parentheses: !(@.a == 1)
      $[?(@.a == 1] ~ ] ~ expected a comparison, "&&", "||", ")", found "]"
      $[?size(@.a) > 1] ~ size ~ unknown function "size"; there are length, count, match, search, value
      $[?lenght(@.a) > 1] ~ lenght ~ unknown function "lenght"; did you mean "length"?
      $[?match(@.a)] ~ match(@.a) ~ match() wants two arguments, got 1
      $[?@.a == True] ~ True ~ expected a path, a value or a function, found "True"; did you mean true?
      $[?@.a == abc] ~ abc ~ expected a path, a value or a function, found "abc"; a member is @.abc, a text 'abc'
      $[?not @.a] ~ not ~ expected a path, a value or a function, found "not"; "not" is written !
      $[?@.a == [1]] ~ [ ~ expected a path such as @.name, a value or a function, found "["
      $[?@.a == 1.] ~ ] ~ expected a digit after the decimal point, found "]"
      $[?@.a == 1e99999999999] ~ 1e99999999999 ~ the exponent is too large
      $[?search(@.a, '\\\\d+')] ~ '\\\\d+' ~ not a regular expression: "\\d" is not part of I-Regexp (RFC 9485); digits are [0-9], at character 1
      $[?search(@.a, '[]')] ~ '[]' ~ not a regular expression: an empty class, at character 1
      $[?search(@.a, 'a[b')] ~ 'a[b' ~ not a regular expression: the class that begins with "[" is not closed, at character 2
      $[?search(@.a, '\\\\$')] ~ '\\\\$' ~ not a regular expression: "\\$" is not part of I-Regexp (RFC 9485); write [$], at character 1
      $[?search(@.a, '\\\\w')] ~ '\\\\w' ~ not a regular expression: "\\w" is not part of I-Regexp (RFC 9485), at character 1
      $[?search(@.a, 'a\\\\')] ~ 'a\\\\' ~ not a regular expression: a "\\" at the end, at character 2
      $[?search(@.a, 'a{1001}')] ~ 'a{1001}' ~ not a regular expression: more than 1000 repetitions, at character 3
      $[?search(@.a, '[b-a]')] ~ '[b-a]' ~ not a regular expression: a range whose end is before its start, at character 2
      $[?@.a, ?@.b ~  ~ expected a comparison, "&&", "||", "," or "]", found the end
      $[?count(@.a ~  ~ expected "," or ")" after the argument, found the end
      $[?search(@.a, 'x(')] ~ 'x(' ~ not a regular expression: a "(" is not closed, at character 3
      """;

  @TestFactory
  Stream<DynamicTest> each_error_names_its_place_and_what_was_expected() {
    return CASES
        .lines()
        .map(line -> List.of(line.split(" ~ ", -1)))
        .map(parts -> DynamicTest.dynamicTest(parts.get(0), () -> check(parts)));
  }

  @Test
  void white_space_around_a_path_is_refused() {
    assertThat(error(" $.a"))
        .hasMessage("a path has no white space before it")
        .returns(0, PathException::start)
        .returns(1, PathException::end);
    assertThat(error("$.a  "))
        .hasMessage("a path has no white space after it")
        .returns(3, PathException::start)
        .returns(5, PathException::end);
  }

  @Test
  void control_characters_are_shown_by_number() {
    PathException error = error("$.a\u007f");

    assertThat(error)
        .hasMessage("expected \".\", \"[\" or the end of the path, found the character U+007F");
  }

  @Test
  void half_of_a_surrogate_pair_is_no_character() {
    for (String path :
        List.of("$['\ud800']", "$['\udc00']", "$.a\ud800", "$.\udc00", "$.a\ud800b")) {
      assertThat(error(path)).as(path).hasMessage("half of a surrogate pair is no character");
      assertThat(Character.isSurrogate(path.charAt(error(path).start()))).as(path).isTrue();
    }
  }

  private static void check(List<String> parts) {
    String path = parts.get(0);
    PathException error = error(path);

    assertThat(error).hasMessage(parts.get(2));
    assertThat(path.substring(error.start(), error.end())).isEqualTo(parts.get(1));
    if (parts.get(1).isEmpty()) {
      assertThat(error.start()).isEqualTo(path.length());
    }
  }

  private static PathException error(String path) {
    return catchThrowableOfType(PathException.class, () -> JsonPath.parse(path));
  }
}
