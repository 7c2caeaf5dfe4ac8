package org.shadowheap.samples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/**
 * A real search engine: Lucene indexes the sources of two libraries in memory, and searches in them.
 *
 * <p>Two threads add passages of the sources, replace some of them, and Lucene merges on more threads. So the segments, and
 * the numbers of documents in them, differ from run to run. The result does not: the index is merged into one segment without
 * deleted documents before anybody searches, which leaves the statistics that scores depend on no choice, and hits
 * of the same score are ordered by the passage's own number.
 */
final class RealLucene {

    /** The result with the release of Lucene and the libraries that the build pins, on every JDK. */
    static final String RESULT = "documents=7530 terms=17339 queries=356 hits=19960"
            + " sha256=21071d511004ee5f3294bf85e2fbfd2cae8798b5722ca62bfa929047c1198e8d";

    static final String NAME = "name";
    static final String NUMBER = "number";
    static final String TEXT = "text";

    private static final int INDEXERS = 2;
    private static final int REVISE_EVERY = 8;

    /** Small, so that there are many segments. */
    private static final double BUFFER_MEBIBYTES = 1;

    /** On some JDKs it recommends another release or module than ours. Held, or the level is forgotten. */
    private static final Logger LOGGER = Logger.getLogger("org.apache.lucene");

    private RealLucene() {}

    static String run(List<String> arguments) throws Exception {
        LOGGER.setLevel(Level.OFF);
        List<Passage> passages = Passage.of(SourceJars.find());
        return Repeated.run(arguments, RESULT, () -> once(passages));
    }

    private static String once(List<Passage> passages) throws Exception {
        try (Directory directory = new ByteBuffersDirectory()) {
            index(passages, directory);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                return new RealLuceneSearch(reader).result();
            }
        }
    }

    private static void index(List<Passage> passages, Directory directory) throws Exception {
        IndexWriterConfig config = new IndexWriterConfig(new StandardAnalyzer());
        config.setRAMBufferSizeMB(BUFFER_MEBIBYTES);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            List<Callable<Integer>> indexers = IntStream.range(0, INDEXERS)
                    .<Callable<Integer>>mapToObj(indexer -> () -> index(passages, indexer, writer))
                    .toList();
            int indexed = Parallel.run(indexers).stream().mapToInt(each -> each).sum();
            WrongResultException.check("number of passages indexed", passages.size(), indexed);
            writer.forceMerge(1);
            writer.commit();
        }
    }

    /** Indexes the passages that fall to this indexer, and replaces some of those that it did before. */
    private static int index(List<Passage> passages, int indexer, IndexWriter writer) throws IOException {
        List<Passage> mine = new ArrayList<>();
        for (int i = indexer; i < passages.size(); i += INDEXERS) {
            Passage passage = passages.get(i);
            writer.addDocument(document(passage, passage.text()));
            mine.add(passage);
            if (mine.size() % REVISE_EVERY == 0) {
                Passage revised = mine.get(mine.size() / 2);
                writer.updateDocument(new Term(NAME, revised.name()), document(revised, "revised " + revised.text()));
            }
        }
        return mine.size();
    }

    private static Document document(Passage passage, String text) {
        Document document = new Document();
        document.add(new StringField(NAME, passage.name(), Field.Store.YES));
        document.add(new NumericDocValuesField(NUMBER, passage.number()));
        document.add(new TextField(TEXT, text, Field.Store.NO));
        return document;
    }
}
