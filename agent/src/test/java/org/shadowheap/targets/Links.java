package org.shadowheap.targets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lesson: an ordinary program, which links what it makes, computes the same whatever is asked of the agent. */
public final class Links {

    private static final int ROUNDS = 200_000;

    private static final class Link {
        final int number;
        Link next;

        Link(int number, Link next) {
            this.number = number;
            this.next = next;
        }
    }

    private Links() {}

    public static void main(String[] args) {
        Link[] heads = new Link[64];
        Map<Integer, List<Link>> byNumber = new HashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            int head = i % heads.length;
            Link next = heads[head] != null && heads[head].number % 7 == 0 ? null : heads[head];
            heads[head] = new Link(i, next);
            byNumber.computeIfAbsent(i % 1000, number -> new ArrayList<>()).add(heads[head]);
            if (byNumber.get(i % 1000).size() > 20) {
                byNumber.remove(i % 1000);
            }
        }
        long sum = 0;
        for (Link head : heads.clone()) {
            for (Link link = head; link != null; link = link.next) {
                sum = sum * 31 + link.number;
            }
        }
        System.out.println("sum=" + sum + " lists=" + byNumber.size());
    }
}
