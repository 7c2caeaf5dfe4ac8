package org.shadowheap.samples;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;

/**
 * One of those who transfer money in {@link RealH2}, each with a connection and a thread of its own. It gives up some
 * transfers in the end, and now and then compares what the database says about its transfers with what it did.
 */
final class RealH2Teller implements AutoCloseable {

    private static final int TRANSFERS = 2_000;
    private static final int ROLLBACK_EVERY = 16;
    private static final int REVIEW_EVERY = 100;
    private static final int MAX_AMOUNT = 500;

    private final int firstId;
    private final Random random;
    private final Connection connection;
    private final PreparedStatement update;
    private final PreparedStatement insert;
    private final PreparedStatement review;

    private int committed;
    private long moved;

    RealH2Teller(int number, Connection connection) throws SQLException {
        this.firstId = number * TRANSFERS;
        this.random = new Random(number);
        this.connection = connection;
        connection.setAutoCommit(false);
        update = connection.prepareStatement("UPDATE account SET balance = balance + ? WHERE id = ?");
        insert = connection.prepareStatement("INSERT INTO transfer VALUES (?, ?, ?, ?, ?)");
        review = connection.prepareStatement("SELECT COUNT(*), SUM(t.amount) FROM transfer t"
                + " JOIN account a ON a.id = t.source WHERE t.id BETWEEN ? AND ? AND a.branch >= 0");
    }

    /** Makes all transfers, and returns how many were committed. */
    int work() throws SQLException, WrongResultException {
        for (int i = 1; i <= TRANSFERS; i++) {
            int amount = 1 + random.nextInt(MAX_AMOUNT);
            transfer(firstId + i - 1, amount);
            if (i % ROLLBACK_EVERY == 0) {
                connection.rollback();
            } else {
                connection.commit();
                committed++;
                moved += amount;
            }
            if (i % REVIEW_EVERY == 0) {
                review();
            }
        }
        return committed;
    }

    private void transfer(int id, int amount) throws SQLException {
        int source = random.nextInt(RealH2.ACCOUNTS);
        int target = (source + 1 + random.nextInt(RealH2.ACCOUNTS - 1)) % RealH2.ACCOUNTS;
        if (source < target) {
            add(source, -amount);
            add(target, amount);
        } else {
            add(target, amount);
            add(source, -amount);
        }
        insert.setInt(1, id);
        insert.setInt(2, source);
        insert.setInt(3, target);
        insert.setLong(4, amount);
        insert.setString(5, "from " + source + " to " + target);
        insert.executeUpdate();
    }

    private void add(int account, int amount) throws SQLException {
        update.setLong(1, amount);
        update.setInt(2, account);
        update.executeUpdate();
    }

    private void review() throws SQLException, WrongResultException {
        review.setInt(1, firstId);
        review.setInt(2, firstId + TRANSFERS - 1);
        try (ResultSet sum = review.executeQuery()) {
            sum.next();
            WrongResultException.check("number of a teller's transfers", committed, sum.getInt(1));
            WrongResultException.check("sum of a teller's transfers", moved, sum.getLong(2));
        }
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        update.close();
        insert.close();
        review.close();
    }
}
