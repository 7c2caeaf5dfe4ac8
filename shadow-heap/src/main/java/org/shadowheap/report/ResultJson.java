package org.shadowheap.report;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.CollectionFigures;
import org.shadowheap.analysis.LiveMethod;
import org.shadowheap.analysis.Verified;
import org.shadowheap.report.JsonReport.JsonFields;

/** The keys of the JSON result, in their order. */
final class ResultJson {

    private final JsonFields json;

    ResultJson(JsonFields json) {
        this.json = json;
    }

    void write(AnalysisResult result) throws IOException {
        json.json().writeStartObject();
        json.put("program", result.program());
        json.put("jvm", result.jvm());
        json.texts("notes", result.notes());
        configuration(result.configuration());
        events(result.events());
        stores(result.stores());
        heap(result.heap());
        collections(result.collections());
        rememberedSet(result.rememberedSet());
        json.put("minorCollections", result.minorCollections(), this::minorCollection);
        json.put("realCollections", result.realCollections(), this::realCollection);
        json.put("sites", result.sites(), this::site);
        json.put("fields", result.fields(), this::field);
        fidelity(result.fidelity());
        json.put("uninstrumented", result.uninstrumented(), left -> {
            json.put("className", left.className());
            json.put("reason", left.reason());
        });
        liveMethod(result.liveMethod());
        json.close();
    }

    private void configuration(AnalysisResult.Configuration configuration) throws IOException {
        json.open("configuration");
        json.put("nurseryBytes", configuration.nurseryBytes());
        json.put("pageBytes", configuration.pageBytes());
        json.put("tenure", configuration.tenure());
        json.put("remset", configuration.remset());
        json.put("cardBytes", configuration.cardBytes());
        json.put("appliers", configuration.appliers());
        json.put("collectors", configuration.collectors());
        json.put("liveness", configuration.liveness());
        json.put("collectAt", configuration.collectAt());
        json.put("detail", configuration.detail());
        json.close();
    }

    private void events(AnalysisResult.Events events) throws IOException {
        json.open("events");
        json.put("total", events.total());
        json.put("births", events.births());
        json.put("firstContacts", events.firstContacts());
        json.put("stores", events.stores());
        json.put("arrayStores", events.arrayStores());
        json.put("staticStores", events.staticStores());
        json.put("arrayCopies", events.arrayCopies());
        json.put("roots", events.roots());
        json.put("lost", events.lost());
        json.close();
    }

    private void stores(AnalysisResult.Stores stores) throws IOException {
        json.open("stores");
        json.put("reference", stores.reference());
        json.put("oldToYoung", stores.oldToYoung());
        json.put("oldToYoungShare", stores.oldToYoungShare());
        json.put("oldToYoungPerSecond", stores.oldToYoungPerSecond());
        json.put("oldToYoungPerAllocatedMiB", stores.oldToYoungPerAllocatedMiB());
        json.close();
    }

    private void heap(AnalysisResult.Heap heap) throws IOException {
        json.open("heap");
        json.put("bornBytes", heap.bornBytes());
        json.put("contactBytes", heap.contactBytes());
        json.put("oldBytes", heap.oldBytes());
        json.close();
    }

    private void collections(CollectionFigures collections) throws IOException {
        json.open("collections");
        CollectionFigures.Minor minor = collections.minor();
        json.open("minor");
        json.put("count", minor.count());
        json.put("rememberedEntries", minor.rememberedEntries());
        json.put("dirtyPages", minor.dirtyPages());
        json.put("dirtyObjects", minor.dirtyObjects());
        json.put("pagesVisited", minor.pagesVisited());
        json.put("slotsScanned", minor.slotsScanned());
        json.put("oldToYoungEdges", minor.oldToYoungEdges());
        json.put("survivedBytes", minor.survivedBytes());
        json.put("promotedBytes", minor.promotedBytes());
        json.put("nepotismBytes", minor.nepotismBytes());
        json.put("nanos", minor.nanos());
        json.close();
        major(collections.major());
        json.close();
    }

    private void major(CollectionFigures.@Nullable Major major) throws IOException {
        if (major == null) {
            json.json().writeNullField("major");
            return;
        }
        json.open("major");
        json.put("count", major.count());
        json.put("freedBytes", major.freedBytes());
        json.put("nanos", major.nanos());
        json.put("nepotism", major.nepotism(), nepotism -> {
            json.put("holder", nepotism.holder());
            json.put("bytes", nepotism.bytes());
        });
        json.close();
    }

    private void rememberedSet(AnalysisResult.RememberedSet set) throws IOException {
        json.open("rememberedSet");
        json.put("lastEntries", set.lastEntries());
        json.put("mostEntries", set.mostEntries());
        json.put("averageEntries", Double.valueOf(set.averageEntries()));
        json.put("capacity", set.capacity());
        json.put("overflows", set.overflows());
        json.put("slowPaths", set.slowPaths());
        json.put("sideBytes", set.sideBytes());
        json.close();
    }

    private void minorCollection(CollectionFigures.MinorCollection minor) throws IOException {
        json.put("clockBytes", minor.clockBytes());
        json.put("wallNanos", minor.wallNanos());
        json.put("stores", minor.stores());
        json.put("oldToYoung", minor.oldToYoung());
        json.put("rememberedEntries", minor.rememberedEntries());
        json.put("dirtyPages", minor.dirtyPages());
        json.put("dirtyObjects", minor.dirtyObjects());
        json.put("pagesVisited", minor.pagesVisited());
        json.put("slotsScanned", minor.slotsScanned());
        json.put("oldToYoungEdges", minor.oldToYoungEdges());
        json.put("survivedBytes", minor.survivedBytes());
        json.put("promotedBytes", minor.promotedBytes());
        json.put("nepotismBytes", minor.nepotismBytes());
        json.put("nanos", minor.nanos());
    }

    private void realCollection(CollectionFigures.RealCollection real) throws IOException {
        json.put("clockBytes", real.clockBytes());
        json.put("wallNanos", real.wallNanos());
        json.put("kind", real.kind());
        json.put("pauseNanos", real.pauseNanos());
        json.put("stores", real.stores());
        json.put("oldToYoung", real.oldToYoung());
        json.put("youngBytes", real.youngBytes());
        json.put("inPlace", real.inPlace());
    }

    private void site(AnalysisResult.Site site) throws IOException {
        json.put("site", site.site());
        json.put("field", site.field());
        json.put("stores", site.stores());
        json.put("oldToYoung", site.oldToYoung());
        json.put("pagesDirtied", site.pagesDirtied());
        json.put("callers", site.callers(), caller -> {
            json.put("caller", caller.caller());
            json.put("share", Double.valueOf(caller.share()));
        });
    }

    private void field(AnalysisResult.Field field) throws IOException {
        json.put("field", field.field());
        json.put("stores", field.stores());
        json.put("oldToYoung", field.oldToYoung());
        json.put("pagesDirtied", field.pagesDirtied());
    }

    private void fidelity(AnalysisResult.Fidelity fidelity) throws IOException {
        json.open("fidelity");
        json.put("lost", fidelity.lost());
        json.put("resurrected", fidelity.resurrected());
        json.put("contradictions", fidelity.contradictions());
        json.put("idsUsed", fidelity.idsUsed());
        json.put("idsSecondsLeft", fidelity.idsSecondsLeft());
        json.put("unseenOriginObjects", fidelity.unseenOriginObjects());
        json.put("unseenOriginBytes", fidelity.unseenOriginBytes());
        json.put("uninstrumentedFrames", fidelity.uninstrumentedFrames());
        json.put("mirroredBytes", fidelity.mirroredBytes());
        json.put("allocatedBytes", fidelity.allocatedBytes());
        verified(fidelity.verified());
        json.close();
    }

    private void liveMethod(@Nullable LiveMethod live) throws IOException {
        if (live == null) {
            json.json().writeNullField("liveMethod");
            return;
        }
        json.open("liveMethod");
        json.put("survivedBytes", live.survivedBytes());
        json.put("survivedBytesError", live.survivedBytesError());
        json.put("oldToYoung", live.oldToYoung());
        json.put("oldToYoungError", live.oldToYoungError());
        json.put("dirtyPages", live.dirtyPages());
        json.put("dirtyPagesError", live.dirtyPagesError());
        json.put("resurrected", live.resurrected());
        json.close();
    }

    private void verified(@Nullable Verified verified) throws IOException {
        if (verified == null) {
            json.json().writeNullField("verified");
            return;
        }
        VerificationReport.json(verified, json);
    }
}
