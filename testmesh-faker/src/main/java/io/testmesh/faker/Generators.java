package io.testmesh.faker;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.datafaker.Faker;

/** What is made for each name. Immutable and safe for use by several threads. */
final class Generators {
  private static final String ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyz0123456789";

  private static final String PASSWORD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ!%+-_" + ALPHANUMERIC;

  private final Map<String, Map<String, Generator>> all = new LinkedHashMap<>();

  /** Makes one value. */
  @FunctionalInterface
  interface Generator {
    Object next(Source source);
  }

  /**
   * Where the values of one flow come from.
   *
   * @param faker the library
   * @param random its random numbers
   * @param now the time that dates are relative to
   */
  record Source(Faker faker, Random random, Instant now) {}

  Generators() {
    people();
    places();
    trade();
    all.put("date", dates());
    all.put("lorem", texts());
    all.put("random", randomThings());
    all.put("datatype", dataTypes());
  }

  /** The generators by namespace and method. */
  Map<String, Map<String, Generator>> all() {
    return Collections.unmodifiableMap(all);
  }

  private void people() {
    Map<String, Generator> name = new LinkedHashMap<>();
    name.put("first_name", from -> from.faker.name().firstName());
    name.put("last_name", from -> from.faker.name().lastName());
    name.put("full_name", from -> from.faker.name().fullName());
    name.put("name", from -> from.faker.name().name());
    name.put("female_first_name", from -> from.faker.name().femaleFirstName());
    name.put("male_first_name", from -> from.faker.name().maleFirstName());
    name.put("prefix", from -> from.faker.name().prefix());
    name.put("suffix", from -> from.faker.name().suffix());
    name.put("title", from -> from.faker.name().title());
    name.put("username", from -> from.faker.credentials().username());
    name.put("job_title", from -> from.faker.job().title());
    all.put("name", name);

    Map<String, Generator> internet = new LinkedHashMap<>();
    // Domains that belong to nobody: no test sends mail to strangers.
    internet.put("email", from -> from.faker.internet().safeEmailAddress());
    internet.put("username", from -> from.faker.credentials().username());
    internet.put("user_name", from -> from.faker.credentials().username());
    internet.put("password", from -> characters(from.random, PASSWORD, 14));
    internet.put("url", from -> "https://" + from.faker.internet().domainWord() + ".example");
    internet.put("domain_name", from -> from.faker.internet().domainWord() + ".example");
    internet.put("domain_word", from -> from.faker.internet().domainWord());
    internet.put("ip", from -> from.faker.internet().ipV4Address());
    internet.put("ipv4", from -> from.faker.internet().ipV4Address());
    internet.put("ipv6", from -> from.faker.internet().ipV6Address());
    internet.put("mac", from -> from.faker.internet().macAddress());
    internet.put("port", from -> (long) from.faker.internet().port());
    internet.put("slug", from -> from.faker.internet().slug());
    internet.put("user_agent", from -> from.faker.internet().userAgent());
    internet.put("http_method", from -> from.faker.internet().httpMethod());
    internet.put("uuid", Generators::uuid);
    all.put("internet", internet);

    Map<String, Generator> phone = new LinkedHashMap<>();
    phone.put("number", from -> from.faker.phoneNumber().phoneNumber());
    phone.put("phone_number", from -> from.faker.phoneNumber().phoneNumber());
    phone.put("cell", from -> from.faker.phoneNumber().cellPhone());
    phone.put("international", from -> from.faker.phoneNumber().phoneNumberInternational());
    phone.put("extension", from -> from.faker.phoneNumber().extension());
    all.put("phone", phone);
  }

  private void places() {
    Map<String, Generator> address = new LinkedHashMap<>();
    address.put("street", from -> from.faker.address().streetName());
    address.put("street_name", from -> from.faker.address().streetName());
    address.put("street_address", from -> from.faker.address().streetAddress());
    address.put("secondary_address", from -> from.faker.address().secondaryAddress());
    address.put("building_number", from -> from.faker.address().buildingNumber());
    address.put("city", from -> from.faker.address().city());
    address.put("state", from -> from.faker.address().state());
    address.put("state_abbr", from -> from.faker.address().stateAbbr());
    address.put("zip_code", from -> from.faker.address().zipCode());
    address.put("zip", from -> from.faker.address().zipCode());
    address.put("postcode", from -> from.faker.address().zipCode());
    address.put("country", from -> from.faker.address().country());
    address.put("country_code", from -> from.faker.address().countryCode());
    address.put("full_address", from -> from.faker.address().fullAddress());
    address.put("time_zone", from -> from.faker.address().timeZone());
    address.put("latitude", from -> decimal(from.random, -90, 90, 6));
    address.put("longitude", from -> decimal(from.random, -180, 180, 6));
    all.put("address", address);

    Map<String, Generator> company = new LinkedHashMap<>();
    company.put("name", from -> from.faker.company().name());
    company.put("company_name", from -> from.faker.company().name());
    company.put("suffix", from -> from.faker.company().suffix());
    company.put("industry", from -> from.faker.company().industry());
    company.put("profession", from -> from.faker.company().profession());
    company.put("buzzword", from -> from.faker.company().buzzword());
    company.put("catch_phrase", from -> from.faker.company().catchPhrase());
    company.put("bs", from -> from.faker.company().bs());
    all.put("company", company);
  }

  private void trade() {
    Map<String, Generator> commerce = new LinkedHashMap<>();
    commerce.put("product", from -> from.faker.commerce().productName());
    commerce.put("product_name", from -> from.faker.commerce().productName());
    commerce.put("department", from -> from.faker.commerce().department());
    commerce.put("material", from -> from.faker.commerce().material());
    commerce.put("brand", from -> from.faker.commerce().brand());
    commerce.put("vendor", from -> from.faker.commerce().vendor());
    commerce.put("color", from -> from.faker.color().name());
    commerce.put("price", from -> decimal(from.random, 1, 1000, 2));
    commerce.put("promotion_code", from -> from.faker.commerce().promotionCode());
    all.put("commerce", commerce);

    Map<String, Generator> finance = new LinkedHashMap<>();
    finance.put("account", from -> digits(from.random, 8));
    finance.put("account_number", from -> digits(from.random, 8));
    finance.put("amount", from -> decimal(from.random, 0, 10_000, 2));
    finance.put("credit_card", from -> from.faker.finance().creditCard());
    finance.put("credit_card_number", from -> from.faker.finance().creditCard());
    finance.put("iban", from -> from.faker.finance().iban());
    finance.put("bic", from -> from.faker.finance().bic());
    finance.put("currency", from -> from.faker.money().currency());
    finance.put("currency_code", from -> from.faker.money().currencyCode());
    finance.put("routing_number", from -> from.faker.finance().usRoutingNumber());
    finance.put("pin", from -> digits(from.random, 4));
    all.put("finance", finance);
  }

  private static Map<String, Generator> dates() {
    Map<String, Generator> date = new LinkedHashMap<>();
    date.put("past", from -> moment(from, -365, 0));
    date.put("future", from -> moment(from, 1, 366));
    date.put("recent", from -> moment(from, -1, 0));
    date.put("soon", from -> moment(from, 1, 2));
    date.put("birthdate", Generators::birthdate);
    date.put("birthday", Generators::birthdate);
    date.put("month", Generators::month);
    date.put("weekday", Generators::weekday);
    return date;
  }

  private static Map<String, Generator> texts() {
    Map<String, Generator> lorem = new LinkedHashMap<>();
    lorem.put("word", from -> from.faker.lorem().word());
    lorem.put("words", from -> String.join(" ", from.faker.lorem().words(3)));
    lorem.put("sentence", from -> from.faker.lorem().sentence());
    lorem.put("sentences", from -> String.join(" ", from.faker.lorem().sentences(3)));
    lorem.put("paragraph", from -> from.faker.lorem().paragraph());
    lorem.put("paragraphs", from -> String.join("\n\n", from.faker.lorem().paragraphs(3)));
    lorem.put("text", from -> from.faker.lorem().paragraph());
    lorem.put("slug", from -> String.join("-", from.faker.lorem().words(3)));
    return lorem;
  }

  private static Map<String, Generator> randomThings() {
    Map<String, Generator> random = new LinkedHashMap<>();
    random.put("word", from -> from.faker.lorem().word());
    random.put("words", from -> String.join(" ", from.faker.lorem().words(3)));
    random.put("number", from -> (long) from.random.nextInt(100_000));
    random.put("alphanumeric", from -> characters(from.random, ALPHANUMERIC, 10));
    random.put("boolean", from -> from.random.nextBoolean());
    random.put("uuid", Generators::uuid);
    return random;
  }

  private static Map<String, Generator> dataTypes() {
    Map<String, Generator> type = new LinkedHashMap<>();
    type.put("number", from -> (long) from.random.nextInt(100_000));
    type.put("integer", from -> (long) from.random.nextInt(100_000));
    type.put("float", from -> decimal(from.random, 0, 100_000, 2));
    type.put("boolean", from -> from.random.nextBoolean());
    type.put("uuid", Generators::uuid);
    type.put("string", from -> characters(from.random, ALPHANUMERIC, 10));
    type.put("hexadecimal", from -> characters(from.random, "0123456789abcdef", 8));
    type.put("datetime", from -> moment(from, -365, 366));
    return type;
  }

  /** A UUID of version 4 (RFC 9562, 5.4). */
  private static String uuid(Source from) {
    long high = from.random.nextLong() & 0xFFFFFFFFFFFF0FFFL | 0x0000000000004000L;
    long low = from.random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  private static BigDecimal decimal(Random random, long least, long most, int digits) {
    long scale = BigDecimal.TEN.pow(digits).longValueExact();
    long steps = (most - least) * scale;
    long step = (long) (random.nextDouble() * steps);
    return BigDecimal.valueOf(least * scale + step, digits);
  }

  private static String digits(Random random, int count) {
    return characters(random, "0123456789", count);
  }

  private static String characters(Random random, String choice, int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(choice.charAt(random.nextInt(choice.length())));
    }
    return text.toString();
  }

  /** A second between so many days from now, ISO 8601. */
  private static String moment(Source from, int firstDay, int lastDay) {
    long seconds = (lastDay - firstDay) * 86_400L;
    return from.now
        .truncatedTo(ChronoUnit.SECONDS)
        .plus(firstDay, ChronoUnit.DAYS)
        .plusSeconds((long) (from.random.nextDouble() * seconds))
        .toString();
  }

  /** A day on which a person was born who is 18 to 80 years old. */
  private static String birthdate(Source from) {
    LocalDate today = LocalDate.ofInstant(from.now, ZoneOffset.UTC);
    return today
        .minusYears(18)
        .minusDays(1 + (long) (from.random.nextDouble() * 62 * 365))
        .toString();
  }

  private static String month(Source from) {
    return Month.of(1 + from.random.nextInt(12)).getDisplayName(TextStyle.FULL, locale(from));
  }

  private static String weekday(Source from) {
    return DayOfWeek.of(1 + from.random.nextInt(7)).getDisplayName(TextStyle.FULL, locale(from));
  }

  private static Locale locale(Source from) {
    return from.faker.getContext().getLocale();
  }
}
