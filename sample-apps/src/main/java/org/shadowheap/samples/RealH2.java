package org.shadowheap.samples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * A real database: H2 keeps the accounts of a bank in memory, and several tellers transfer money at the same time.
 *
 * <p>The result does not depend on who comes first. Each teller draws its transfers from a seed of its own, a transfer
 * adds to and takes from two balances whatever they are, and its row has the teller's own number. What tellers read while
 * others write is their own rows only. In each transaction the account with the lower number is updated first, so no two
 * tellers wait for each other.
 */
final class RealH2 {

    /** The result with the release of H2 that the build pins, on every JDK. */
    static final String RESULT = "accounts=2000 transfers=7500 branches=25 total=20000000"
            + " sha256=5cee6cc45bb73a31db3dddf63a359816a2f3178b2a2e923e8c5f437ec895a6c4";

    static final int ACCOUNTS = 2_000;

    private static final int BRANCHES = 25;
    private static final int TELLERS = 4;
    private static final long OPENING_BALANCE = 10_000;

    /** The database lives as long as there is a connection. */
    private static final String URL = "jdbc:h2:mem:bank;LOCK_TIMEOUT=60000";

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE account (id INT PRIMARY KEY, branch INT NOT NULL, owner VARCHAR(40) NOT NULL,"
                    + " balance BIGINT NOT NULL)",
            "CREATE TABLE transfer (id INT PRIMARY KEY, source INT NOT NULL REFERENCES account,"
                    + " target INT NOT NULL REFERENCES account, amount BIGINT NOT NULL, purpose VARCHAR(60) NOT NULL)",
            "CREATE INDEX account_branch ON account(branch)");

    private RealH2() {}

    static String run(List<String> arguments) throws Exception {
        return Repeated.run(arguments, RESULT, RealH2::once);
    }

    private static String once() throws Exception {
        try (Connection bank = connect()) {
            open(bank);
            List<Callable<Integer>> tellers = IntStream.range(0, TELLERS)
                    .<Callable<Integer>>mapToObj(number -> () -> work(number))
                    .toList();
            int committed =
                    Parallel.run(tellers).stream().mapToInt(each -> each).sum();
            return audit(bank, committed);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(URL);
    }

    private static int work(int number) throws Exception {
        try (Connection connection = connect();
                RealH2Teller teller = new RealH2Teller(number, connection)) {
            return teller.work();
        }
    }

    private static void open(Connection bank) throws SQLException {
        try (Statement statement = bank.createStatement()) {
            for (String definition : SCHEMA) {
                statement.execute(definition);
            }
        }
        try (PreparedStatement insert = bank.prepareStatement("INSERT INTO account VALUES (?, ?, ?, ?)")) {
            for (int id = 0; id < ACCOUNTS; id++) {
                insert.setInt(1, id);
                insert.setInt(2, id % BRANCHES);
                insert.setString(3, "owner " + id);
                insert.setLong(4, OPENING_BALANCE);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** No money was made and none was lost; and every row is what it must be. */
    private static String audit(Connection bank, int committed) throws SQLException, WrongResultException {
        long total = total(bank);
        WrongResultException.check("sum of balances", ACCOUNTS * OPENING_BALANCE, total);
        Digest digest = new Digest();
        int accounts = add(digest, bank, "SELECT id, branch, owner, balance FROM account ORDER BY id");
        int transfers = add(digest, bank, "SELECT id, source, target, amount, purpose FROM transfer ORDER BY id");
        WrongResultException.check("number of transfers", committed, transfers);
        int branches = add(
                digest,
                bank,
                "SELECT a.branch, COUNT(*), SUM(t.amount), MAX(t.amount) FROM transfer t JOIN account a ON a.id = t.source"
                        + " GROUP BY a.branch ORDER BY a.branch");
        return "accounts=" + accounts + " transfers=" + transfers + " branches=" + branches + " total=" + total
                + " sha256=" + digest.hex();
    }

    private static long total(Connection bank) throws SQLException {
        try (Statement statement = bank.createStatement();
                ResultSet sum = statement.executeQuery("SELECT SUM(balance) FROM account")) {
            sum.next();
            return sum.getLong(1);
        }
    }

    /** Adds every column of every row, and returns how many rows there are. */
    private static int add(Digest digest, Connection bank, String query) throws SQLException {
        try (Statement statement = bank.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            int count = 0;
            for (; rows.next(); count++) {
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    digest.add(rows.getString(column));
                }
            }
            return count;
        }
    }
}
