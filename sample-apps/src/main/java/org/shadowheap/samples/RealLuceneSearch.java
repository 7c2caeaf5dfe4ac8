package org.shadowheap.samples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;

/** The questions that {@link RealLucene} asks of its index, and a digest of the best hits of each. */
final class RealLuceneSearch {

    private static final int BEST = 10;

    /** Of the terms of the index, each so manieth is searched for. */
    private static final int TERM_STEP = 50;

    private static final Sort BEST_FIRST =
            new Sort(SortField.FIELD_SCORE, new SortField(RealLucene.NUMBER, SortField.Type.LONG));

    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final Digest digest = new Digest();

    RealLuceneSearch(DirectoryReader reader) {
        this.reader = reader;
        this.searcher = new IndexSearcher(reader);
    }

    /** Everything that was found, in one line. */
    String result() throws IOException {
        List<String> terms = terms();
        List<Query> queries = new ArrayList<>(fixed());
        for (int i = 0; i < terms.size(); i += TERM_STEP) {
            queries.add(both(terms.get(i), terms.get(terms.size() - 1 - i)));
        }
        long hits = 0;
        for (Query query : queries) {
            hits += searcher.count(query);
            addBest(query);
        }
        return "documents=" + reader.numDocs() + " terms=" + terms.size() + " queries=" + queries.size() + " hits="
                + hits + " sha256=" + digest.hex();
    }

    private List<String> terms() throws IOException {
        List<String> texts = new ArrayList<>();
        Terms terms = MultiTerms.getTerms(reader, RealLucene.TEXT);
        TermsEnum each = terms.iterator();
        while (each.next() != null) {
            texts.add(each.term().utf8ToString());
        }
        return texts;
    }

    private void addBest(Query query) throws IOException {
        StoredFields stored = searcher.storedFields();
        digest.add(query.toString());
        for (ScoreDoc hit : searcher.search(query, BEST, BEST_FIRST).scoreDocs) {
            digest.add(stored.document(hit.doc).get(RealLucene.NAME));
        }
    }

    private static List<Query> fixed() {
        return List.of(
                new TermQuery(term("comparator")),
                new PhraseQuery(RealLucene.TEXT, "returns", "the", "number"),
                new PhraseQuery(3, RealLucene.TEXT, "array", "index"),
                new PrefixQuery(term("concurrent")),
                new WildcardQuery(term("is*able")),
                new WildcardQuery(term("*iterator")),
                new FuzzyQuery(term("colection")),
                new FuzzyQuery(term("revized")),
                new BooleanQuery.Builder()
                        .add(new TermQuery(term("null")), Occur.MUST)
                        .add(new TermQuery(term("throws")), Occur.SHOULD)
                        .add(new TermQuery(term("deprecated")), Occur.MUST_NOT)
                        .build());
    }

    private static Query both(String one, String other) {
        return new BooleanQuery.Builder()
                .add(new TermQuery(term(one)), Occur.SHOULD)
                .add(new TermQuery(term(other)), Occur.SHOULD)
                .build();
    }

    private static Term term(String text) {
        return new Term(RealLucene.TEXT, text);
    }
}
